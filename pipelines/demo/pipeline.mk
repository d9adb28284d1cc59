# entries in sources/ that are broken on purpose; one more and the run fails
MAX_REJECTS := 3
# the author whose page is printed when the demo is done
SHOW_AUTHOR := Yann LeCun
