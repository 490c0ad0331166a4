W3311sptab
r s BC-HKO--NorlandLine   03-12 0058
^BC-HKO--Norland Line,0058<
^Norland Line<
^Ice Hockey<
^FAVORITE;OPEN;TODAY;O/U;UNDERDOG<
^at Ellery;6;3{;(5{);Skerrin<
^at Holm1{{(6);AmbarCity<
^Home team in capitals<
AP-WF-03-12-26 1102GMT<


