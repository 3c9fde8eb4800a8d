/* Steps that look at the screen. */
#include "play.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool play_find(struct play *play, const char *text, int *ret_row, int *ret_column)
{
    struct pattern pattern;
    bool found = false;
    int columns, rows;

    if (pattern_compile(&pattern, text, &play->bindings, false) < 0)
        return false;
    terminal_size(play->terminal, &columns, &rows);
    for (int row = 0; row < rows && !found; row++) {
        int *places;
        size_t at;
        char *line = terminal_row(play->terminal, row, &places);

        found = pattern_matches(&pattern, line, &at, &play->bindings);
        if (found) {
            *ret_row = row;
            *ret_column = places[at];
        }
        free(line);
        free(places);
    }
    pattern_release(&pattern);
    return found;
}

static bool shows(struct play *play, void *data)
{
    int row, column;

    return play_find(play, data, &row, &column);
}

static bool shows_not(struct play *play, void *data)
{
    return !shows(play, data);
}

static enum step_result run_see(struct play *play, const struct script_step *step)
{
    if (play_until_after_end(play, shows, step->argument))
        return STEP_DONE;
    char *wanted = bindings_expand(&play->bindings, step->argument);
    play_fail(play, "no row shows: %s", wanted);
    free(wanted);
    return STEP_FAILED;
}

/* "NAME PATTERN": the row is bound to the name, to be asked for by `at`. */
static enum step_result run_place(struct play *play, const struct script_step *step)
{
    size_t length = strcspn(step->argument, " ");
    char *text = step->argument + length + strspn(step->argument + length, " ");
    int row, column;

    if (!play_until(play, shows, text) || !play_find(play, text, &row, &column))
        return play_fail(play, "no row shows: %s", text);
    char *name = xstrndup(step->argument, length);
    char *number = xasprintf("%d", row + 1);
    bindings_set(&play->bindings, name, number, false);
    free(name);
    free(number);
    return STEP_DONE;
}

struct place {
    int row;
    const char *text;
};

static bool stands_there(struct play *play, void *data)
{
    const struct place *place = data;
    int row, column;

    return play_find(play, place->text, &row, &column) && row + 1 == place->row;
}

static enum step_result run_at(struct play *play, const struct script_step *step)
{
    char *argument = bindings_expand(&play->bindings, step->argument);
    size_t length = strcspn(argument, " ");
    struct place place = { .row = atoi(argument),
                           .text = argument + length + strspn(argument + length, " ") };
    enum step_result result = STEP_DONE;

    if (!play_until(play, stands_there, &place))
        result = play_fail(play, "row %d does not show: %s", place.row, place.text);
    free(argument);
    return result;
}

static enum step_result run_gone(struct play *play, const struct script_step *step)
{
    if (play_until(play, shows_not, step->argument))
        return STEP_DONE;
    return play_fail(play, "it stays on the screen");
}

static enum step_result run_absent(struct play *play, const struct script_step *step)
{
    play_update(play, 0);
    if (shows_not(play, step->argument))
        return STEP_DONE;
    return play_fail(play, "it is on the screen");
}

/* The rows of a block, tried against the screen from row `top` on. Returns how many match and binds names
 * only when all do. */
static size_t match_rows(struct play *play, const struct script_step *step, int top, bool *matches)
{
    size_t count = 0;

    for (size_t i = 0; i < step->block_count; i++) {
        struct bindings *bindings = &play->bindings;
        struct pattern pattern;
        char *line = terminal_row(play->terminal, top + (int)i, NULL);

        matches[i] = pattern_compile(&pattern, step->block[i], bindings, true) == 0;
        if (matches[i]) {
            struct bindings unused = { 0 };
            matches[i] = pattern_matches(&pattern, line, NULL, &unused);
            bindings_release(&unused);
            pattern_release(&pattern);
        }
        count += matches[i];
        free(line);
    }
    return count;
}

static void bind_rows(struct play *play, const struct script_step *step, int top)
{
    for (size_t i = 0; i < step->block_count; i++) {
        struct pattern pattern;
        char *line = terminal_row(play->terminal, top + (int)i, NULL);

        if (pattern_compile(&pattern, step->block[i], &play->bindings, true) == 0) {
            pattern_matches(&pattern, line, NULL, &play->bindings);
            pattern_release(&pattern);
        }
        free(line);
    }
}

/* Where the block fits best: the first row, and how many rows of it match. */
static size_t best_place(struct play *play, const struct script_step *step, int *ret_top)
{
    bool *matches = xcalloc(step->block_count + 1, sizeof(*matches));
    int columns, rows;
    size_t best = 0;

    *ret_top = 0;
    terminal_size(play->terminal, &columns, &rows);
    for (int top = 0; top + (int)step->block_count <= rows; top++) {
        size_t count = match_rows(play, step, top, matches);
        if (count > best) {
            best = count;
            *ret_top = top;
        }
    }
    free(matches);
    return best;
}

static bool rows_shown(struct play *play, void *data)
{
    const struct script_step *step = data;
    int top;

    if (best_place(play, step, &top) < step->block_count)
        return false;
    bind_rows(play, step, top);
    return true;
}

/* Expected and found, beside each other. */
static void print_rows(struct play *play, const struct script_step *step)
{
    bool *matches = xcalloc(step->block_count + 1, sizeof(*matches));
    int top;

    best_place(play, step, &top);
    match_rows(play, step, top, matches);
    puts("# expected, and the nearest rows of the screen:");
    for (size_t i = 0; i < step->block_count; i++) {
        char *line = terminal_row(play->terminal, top + (int)i, NULL);
        int padding = play->columns - text_width(step->block[i]);
        printf("# %s |%s%*s|%s\n", matches[i] ? " " : "!", step->block[i], padding > 0 ? padding : 0, "",
               line);
        free(line);
    }
    free(matches);
}

static enum step_result run_rows(struct play *play, const struct script_step *step)
{
    if (step->block_count == 0 || (int)step->block_count > play->rows)
        return play_fail(play, "rows need a block that fits the screen");
    if (play_until_after_end(play, rows_shown, (void *)step))
        return STEP_DONE;
    print_rows(play, step);
    return play_fail(play, "no such rows");
}

static const struct {
    const char *word;
    unsigned look;
} look_words[] = {
    { "bold", LOOK_BOLD },
    { "reverse", LOOK_REVERSE },
    { "underline", LOOK_UNDERLINE },
    { "colour", LOOK_COLOUR },
};

struct look_wish {
    const char *text;
    unsigned wanted, unwanted;
};

/* Reads "bold !colour PATTERN" up to the pattern. */
static void read_look(const char *argument, struct look_wish *wish)
{
    *wish = (struct look_wish){ .text = argument };
    for (;;) {
        size_t length = strcspn(wish->text, " ");
        bool not = wish->text[0] == '!';
        unsigned look = 0;

        for (size_t i = 0; i < sizeof(look_words) / sizeof(look_words[0]); i++)
            if (strlen(look_words[i].word) ==
                length - not &&strncmp(wish->text + not, look_words[i].word, length - not ) == 0)
                look = look_words[i].look;
        if (!look)
            return;
        *(not ? &wish->unwanted : &wish->wanted) |= look;
        wish->text += length + strspn(wish->text + length, " ");
    }
}

static bool looks(struct play *play, void *data)
{
    const struct look_wish *wish = data;
    int row, column;

    if (!play_find(play, wish->text, &row, &column))
        return false;
    unsigned look = terminal_look(play->terminal, column, row);
    return (look & wish->wanted) == wish->wanted && (look & wish->unwanted) == 0;
}

static enum step_result run_look(struct play *play, const struct script_step *step)
{
    struct look_wish wish;

    read_look(step->argument, &wish);
    if (play_until(play, looks, &wish))
        return STEP_DONE;
    return play_fail(play, "it does not look like this");
}

static bool cursor_stands_there(struct play *play, void *data)
{
    int row, column, cursor_row, cursor_column;

    return play_find(play, data, &row, &column) &&
           terminal_cursor(play->terminal, &cursor_row, &cursor_column) && cursor_row == row &&
           cursor_column == column;
}

static enum step_result run_cursor(struct play *play, const struct script_step *step)
{
    int row, column;

    if (play_until(play, cursor_stands_there, step->argument))
        return STEP_DONE;
    if (!terminal_cursor(play->terminal, &row, &column))
        return play_fail(play, "the cursor is hidden");
    return play_fail(play, "the cursor is in row %d, column %d", row + 1, column + 1);
}

static enum step_result run_colourless(struct play *play, const struct script_step *step)
{
    (void)step;
    play_update(play, 0);
    for (int row = 0; row < play->rows; row++)
        for (int column = 0; column < play->columns; column++)
            if (terminal_look(play->terminal, column, row) & LOOK_COLOUR)
                return play_fail(play, "a colour in row %d, column %d", row + 1, column + 1);
    return STEP_DONE;
}

const struct step look_steps[] = {
    { "see", "see PATTERN", "waits until a row shows it", run_see, STEP_IN_PROGRAM },
    { "place", "place NAME PATTERN", "waits until a row shows it; {NAME} is that row's number", run_place,
      STEP_IN_PROGRAM },
    { "at", "at ROW PATTERN", "waits until the row of this number shows it, as the first", run_at,
      STEP_IN_PROGRAM },
    { "gone", "gone PATTERN", "waits until no row shows it", run_gone, STEP_IN_PROGRAM },
    { "absent", "absent PATTERN", "no row shows it now", run_absent, STEP_IN_PROGRAM },
    { "rows", "rows, and lines with |", "waits until these rows stand below each other, cell by cell",
      run_rows, STEP_IN_PROGRAM },
    { "look", "look [!]bold|reverse|underline|colour... PATTERN", "waits until its first character looks so",
      run_look, STEP_IN_PROGRAM },
    { "cursor", "cursor PATTERN", "waits until the cursor is to be seen on its first character", run_cursor,
      STEP_IN_PROGRAM },
    { "colourless", "colourless", "no cell has a colour now", run_colourless, STEP_IN_PROGRAM },
    { 0 },
};
