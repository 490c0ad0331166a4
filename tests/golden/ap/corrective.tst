W0102asian
r i BC-EU--Ferry-Aground CORRECTIVE   03-14 0090
^BC-EU--Ferry-Aground, CORRECTIVE,90<
^Eds: Members who used BC-EU--Ferry-Aground sent March 12 are asked to use the following.<
	   SKERRIN, Norland (AP) _ In a story March 12 about a ferry that ran aground, The Associated Press reported erroneously that the ferry belonged to the town of Skerrin. It belongs to the Ellery Line.
	   AP-WF-03-14-26 0911GMT<


