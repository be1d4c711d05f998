# Reads the #includes and complains when one points up or to the right.
#
#   base      includes base only
#   domain/x  includes base, itself, and the public header (s/s.h) of rooms to its left
#   channels  includes base and what the channels room says to drivers
#   cards     includes base and what the flows room says to cards
#   live      includes base and itself
#   main      includes what it hands over to the base
#
# Tests and fixtures may look at anything; a library has one door each.

BEGIN {
    n = split(domains, rooms, " ")
    for (i = 1; i <= n; i++)
        place[rooms[i]] = i
    door["libpq-fe.h"] = "^base/db"
    door["fcgiapp.h"] = "^base/fcgi"
    door["curl/curl.h"] = "^base/httpc"
    door["json-c/json.h"] = "^base/json"
    door["sodium.h"] = "^base/crypto"
    door["jwt.h"] = "^base/(token|vapid)"
    door["argon2.h"] = "^base/password"
    door["magic.h"] = "^domain/"
    door["utf8proc.h"] = "^base/fold"
    door["zlib.h"] = "^domain/sheets/"
    door["expat.h"] = "^domain/sheets/xml"
}

FNR == 1 {
    files++
    split(FILENAME, at, "/")
    layer = at[1]
    room = layer == "domain" ? at[2] : ""
    is_test = FILENAME ~ /_test\.c$/ || FILENAME ~ /(^|\/)testing\// || layer == "tools" || layer == "fuzz"
    if (room != "" && !(room in place) && !is_test)
        complain("room " room " is missing in DOMAINS")
}

/^#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    if (header in door && FILENAME !~ door[header])
        complain("<" header "> has one door: " door[header])
}

/^#[ \t]*include[ \t]*"/ {
    header = $0
    sub(/^[^"]*"/, "", header)
    sub(/".*/, "", header)
    if (is_test)
        next
    depth = split(header, to, "/")
    if (depth == 1) {
        if (room != "" && header ~ /\.sql\.h$/ && index(header, room) != 1)
            complain("statements of another room: " header)
        next
    }
    if (header ~ /testing\//)
        complain("only tests include " header)
    else if (layer == "base" && to[1] != "base")
        complain("base includes " header)
    else if (layer == "domain" && to[1] != "base" && to[1] != "domain")
        complain("a room includes " header)
    else if (layer == "live" && to[1] != "base" && to[1] != "live")
        complain("live includes " header)
    else if (layer == "channels" && to[1] == "main")
        complain("a channel includes " header)
    else if (layer == "cards" && to[1] != "base" && to[1] != "domain" && to[1] != "cards")
        complain("a card includes " header)
    else if (layer == "cards" && header ~ /^base\/(db|cx|jobs|httpc|http)\.h$/)
        complain("a card is pure, and includes " header)
    else if (to[1] == "domain" && layer != "main") {
        if (layer == "domain" && place[to[2]] > place[room])
            complain("room " room " stands to the left of " to[2])
        if (layer == "channels" && header ~ /^domain\/channels\/(driver|webchat)\.h$/)
            next
        if (layer == "cards" && header ~ /^domain\/flows\/(card|step|lint)\.h$/)
            next
        if (to[2] != room && to[3] != to[2] ".h")
            complain(header " is not the public header of " to[2])
    }
}

END {
    if (wrong)
        exit 1
    print "layers ok: " files " files"
}

function complain(what) {
    print FILENAME ":" FNR ": " what > "/dev/stderr"
    wrong = 1
}
