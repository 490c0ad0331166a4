W2699asian
b i BC-EU--APNewsAlert   03-11 0017
^BC-EU--APNewsAlert,17<
	   SKERRIN, Norland (AP) _ Coast guard says a ferry with more than 200 people aboard has run aground.
	   AP-WF-03-11-26 2331GMT<


