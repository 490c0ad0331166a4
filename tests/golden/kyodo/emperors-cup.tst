K0456kwsen
u s Soccer-Emperor's-Cup   09-12 0131
Soccer-Emperor's-Cup
Soccer: Hoshikawa beat Minato to win Emperor's Cup for first time +

   SAITAMA, Japan, Dec. 9 Kyodo - Hoshikawa FC lifted the Emperor's Cup
for the first time on Sunday, beating Minato Athletic 2-1 in extra time
before a crowd of 50,978.
   "We had no legs left; we had heart," captain Ren Aoba said.
   Minato, champions in 2011, had led since the 38th minute.
==Kyodo
KWS-21:37-09-12-18

