W2718asian
r i BC-EU--Ferry-AgroundGale 2ndLd-Writethru   03-12 0871
*9006< ^BC-EU--Ferry-Aground Gale Warning, 2nd Ld-Writethru,640<
^Ferry with 214 aboard refloated off Skerrin after night on reef<
^Ferry refloated off Skerrin<
^AP Photo LON801, LON802, GFX0312<
^Eds: UPDATES with ferry refloated, captain's comments; SUBS 3rd graf to CORRECT number of passengers to 214, sted 241. With AP Photos. For global distribution<
^EDITOR'S NOTE _ Freya Holm boarded the ferry at Port Ellery hours before it ran aground.<
^By FREYA HOLM and TOMAS BRINK=
^Associated Press=
	   SKERRIN, Norland (AP) _ A ferry that ran onto a reef in a gale was pulled free Thursday, and all 214 people aboard were safe, its owner said.
	   ``We sat in the dark and sang,'' said Ida Lund, 71, one of the passengers. ``The crew gave us soup. It was 4 1/2 hours before we saw a light.''
	   The 140-foot ferry left Port Ellery late Wednesday _ against the advice of the harbor master _ and struck the reef at 11:10 p.m.
	   ___
	   Brink reported from Port Ellery.
	   
AP-WF-03-12-26 1345GMT<


