#!/bin/sh
# The language of the messages: by --lang in any locale, by the locale when it is installed and when it is not.
set -u
[ -r "$(dirname "$FORKLORE")/data/locale/zh_CN/LC_MESSAGES/forklore.mo" ] || exit 77
english='  Z  zombie: has ended, but its parent has not asked how'
chinese=$(LC_ALL=C.UTF-8 LANGUAGE=zh_CN "$FORKLORE" explain Z | tail -n 1)

echo 1..13
number=0
# says TEXT DESCRIPTION [VARIABLE=VALUE]... -- [OPTION]...
says() {
    expected=$1 description=$2
    shift 2
    number=$((number + 1))
    said=$(call "$@" | tail -n 1)
    if [ "$said" = "$expected" ]; then
        echo "ok $number - $description"
    else
        printf '# said: %s\nnot ok %s - %s\n' "$said" "$number" "$description"
    fi
}

call() {
    variables=
    while [ "$1" != -- ]; do
        variables="$variables $1"
        shift
    done
    shift
    # shellcheck disable=SC2086
    env -u LANGUAGE -u LC_MESSAGES -u LC_CTYPE $variables "$FORKLORE" "$@" explain Z
}

number=1
case $chinese in
*僵尸进程*) echo "ok 1 - LANGUAGE is followed" ;;
*) echo "not ok 1 - LANGUAGE is followed" ;;
esac
for name in zh_CN zh zh_CN.UTF-8 zh_SG; do
    says "$chinese" "--lang $name in a locale with UTF-8" LC_ALL=C.UTF-8 -- --lang $name
done
says "$chinese" 'in the locale C too' LC_ALL=C -- --lang zh_CN
says "$chinese" 'by a locale that is not installed' LC_ALL=zh_CN.UTF-8 LOCPATH=/nonexistent --
says "$chinese" 'by LANG too' LC_ALL= LANG=zh_CN.UTF-8 LOCPATH=/nonexistent --
says "$english" 'the locale C has no other language than its own' LC_ALL=C LANGUAGE=zh_CN --
says "$english" '--lang en where LANGUAGE says otherwise' LC_ALL=C.UTF-8 LANGUAGE=zh_CN -- --lang en
says "$english" 'a language without a catalogue' LC_ALL=C.UTF-8 -- --lang tlh
says "$english" 'a name that is no language' LC_ALL=C.UTF-8 -- --lang '../*'
number=$((number + 1))
if [ "$(LC_ALL=C.UTF-8 LANGUAGE='' "$FORKLORE" explain --lang zh_CN Z | tail -n 1)" = "$chinese" ]; then
    echo "ok $number - --lang behind the subcommand"
else
    echo "not ok $number - --lang behind the subcommand"
fi
