#!/bin/sh
# Every message of the code is in every catalogue, translated, with the same conversions in it; and the Chinese keeps to
# what terminals show alike: no character of ambiguous width (Unicode TR 11), 「」 for quotes, -> for arrows.
set -u
srcdir=${srcdir:-.}
for tool in xgettext msgmerge msgattrib msgfmt; do
    command -v "$tool" >/dev/null || exit 77
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Prints the messages of $1/src.
messages() {
    find "$1/src" -name '*.[ch]' | LC_ALL=C sort |
        xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --no-location --omit-header -f - -o -
}

# missing TREE CATALOGUE: prints the messages of TREE that CATALOGUE has no finished translation of.
missing() {
    messages "$1" >"$folder/messages.pot"
    msgmerge --quiet --no-fuzzy-matching --no-location "$2" "$folder/messages.pot" -o "$folder/merged.po"
    # The first paragraph is the catalogue's own header.
    msgattrib --untranslated --no-obsolete "$folder/merged.po" | sed '1,/^$/d' | grep .
    msgattrib --only-fuzzy --no-obsolete "$folder/merged.po" | sed '1,/^$/d' | grep .
}

# Prints the lines of a translation that hold a character of ambiguous width.
ambiguous() {
    # shellcheck disable=SC1112
    awk '/^msgstr/ { in_text = 1 } /^(msgid|#|$)/ { in_text = 0 } in_text' "$1" | grep -e '[“”‘’…—→×●○★]'
}

. "$srcdir/tests/verdict.sh"

set -- "$srcdir"/data/po/*.po
echo "1..$(($# * 2 + 2))"
for catalogue; do
    language=$(basename "$catalogue" .po)
    verdict "$language is complete" "$(missing "$srcdir" "$catalogue")"
    verdict "$language is well formed" "$(msgfmt --check -o /dev/null "$catalogue" 2>&1)"
done
verdict 'zh_CN has no character of ambiguous width' "$(ambiguous "$srcdir/data/po/zh_CN.po")"

# A message that nobody has translated must not get through.
mkdir "$folder/src"
echo 'const char *planted = N_("a planted message");' >"$folder/src/planted.c"
if [ -n "$(missing "$folder" "$srcdir/data/po/zh_CN.po")" ]; then missed=; else missed='it was not'; fi
verdict 'a message without a translation is noticed' "$missed"
