# For checks of the source itself, to be read by `.`: one line of TAP for each rule.

number=0
# verdict WHAT COMPLAINT: an empty complaint is a success.
verdict() {
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "$2" | sed 's/^/# /'
        echo "not ok $number - $1"
    fi
}
