#include "app/program.h"

#include "app/doctor_subcommand.h"
#include "app/events_subcommand.h"
#include "app/explain_subcommand.h"
#include "app/lab_subcommand.h"
#include "app/lesson_subcommand.h"
#include "app/record_subcommand.h"
#include "app/replay_subcommand.h"
#include "app/shot_subcommand.h"
#include "app/tree_subcommand.h"
#include "base/i18n.h"

/* In the order of the usage text. */
const struct subcommand subcommand_table[] = {
    { "tree", N_("[PID|USER]..."), N_("print the tree once: text, JSON, a graph"), tree_subcommand_options,
      &tree_subcommand_option_count, tree_subcommand },
    { "explain", N_("CODE|PID..."), N_("say what a STAT code means, letter by letter"),
      explain_subcommand_options, &explain_subcommand_option_count, explain_subcommand },
    { "events", N_("[PID|USER]..."), N_("print what happens to processes, line by line"),
      events_subcommand_options, &events_subcommand_option_count, events_subcommand },
    { "lab", N_("[FILE|-|-c COMMANDS]"),
      N_("run lab commands without a screen, print each call and its result"), lab_subcommand_options,
      &lab_subcommand_option_count, lab_subcommand },
    { "lesson", N_("[NAME|FILE]..."), N_("show the course, play a lesson, check lessons against the kernel"),
      lesson_subcommand_options, &lesson_subcommand_option_count, lesson_subcommand },
    { "record", N_("-o FILE [PID|USER]..."), N_("keep what happens, to be replayed"),
      record_subcommand_options, &record_subcommand_option_count, record_subcommand },
    { "replay", N_("FILE|-"), N_("show a recording, forwards and backwards"), replay_subcommand_options,
      &replay_subcommand_option_count, replay_subcommand },
    { "shot", N_("-o FILE"), N_("make a picture of any screen, with no terminal"), shot_subcommand_options,
      &shot_subcommand_option_count, shot_subcommand },
    { "doctor", N_("[CHECK]..."), N_("say what this kernel and this user allow, and what is done instead"),
      doctor_subcommand_options, &doctor_subcommand_option_count, doctor_subcommand },
};
const size_t subcommand_count = sizeof subcommand_table / sizeof *subcommand_table;
