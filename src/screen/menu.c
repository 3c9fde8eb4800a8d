#include "screen/menu.h"

#include "base/memory.h"
#include "base/text.h"
#include "screen/pen.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void menu_init(struct menu *menu, const char *title)
{
    *menu = (struct menu){ .title = xstrdup(title) };
}

void menu_release(struct menu *menu)
{
    for (size_t i = 0; i < menu->count; i++) {
        free(menu->items[i].text);
        free(menu->items[i].hint);
        free(menu->items[i].refusal);
        free(menu->items[i].note);
    }
    free(menu->items);
    free(menu->title);
    *menu = (struct menu){ 0 };
}

void menu_add(struct menu *menu, long value, const char *text, const char *hint, const char *refusal)
{
    menu->items = grow(menu->items, &menu->room, menu->count + 1, sizeof *menu->items);
    menu->items[menu->count++] = (struct menu_item){
        .text = xstrdup(text),
        .hint = hint ? xstrdup(hint) : NULL,
        .refusal = refusal ? xstrdup(refusal) : NULL,
        .value = value,
    };
}

void menu_note(struct menu *menu, const char *note)
{
    struct menu_item *item = &menu->items[menu->count - 1];
    free(item->note);
    item->note = xstrdup(note);
}

void menu_add_heading(struct menu *menu, const char *text)
{
    menu_add(menu, 0, text, NULL, NULL);
    menu->items[menu->count - 1].heading = true;
    if (menu->cursor == menu->count - 1)
        menu->cursor++; /* to the item that will follow */
}

struct menu_item *menu_current(struct menu *menu)
{
    return menu->cursor < menu->count ? &menu->items[menu->cursor] : NULL;
}

/* The item at the place, or the next one in that direction, or else the last one before it. */
static size_t item_from(const struct menu *menu, long place, int direction)
{
    long most = (long)menu->count - 1;
    place = place < 0 ? 0 : place > most ? most : place;
    long at = place;
    while (at >= 0 && at <= most && menu->items[at].heading)
        at += direction;
    if (at < 0 || at > most)
        for (at = place; at >= 0 && at <= most && menu->items[at].heading;)
            at -= direction;
    return at < 0 || at > most ? menu->cursor : (size_t)at;
}

static void move(struct menu *menu, long steps)
{
    menu->cursor = item_from(menu, (long)menu->cursor + steps, steps < 0 ? -1 : 1);
    menu->typed[0] = '\0';
}

/* How well an item answers to letters. */
enum answer { ANSWER_FIRST_WORD, ANSWER_ANY_WORD, ANSWER_ANYWHERE, ANSWER_COUNT };

static bool answers(const struct menu *menu, const struct menu_item *item, enum answer answer)
{
    const char *text = item->text, *letters = menu->typed;
    size_t length = strlen(letters);
    if (item->heading)
        return false;
    if (answer == ANSWER_FIRST_WORD)
        return strncasecmp(text, letters, length) == 0 ||
               (menu->lead < strlen(text) && strncasecmp(text + menu->lead, letters, length) == 0);
    for (const char *at = text; (at = strcasestr(at, letters)); at++)
        if (answer == ANSWER_ANYWHERE || at == text || at[-1] == ' ')
            return true;
    return false;
}

static bool find_letters(struct menu *menu)
{
    for (enum answer answer = 0; answer < ANSWER_COUNT; answer++)
        for (size_t i = 0; i < menu->count; i++)
            if (answers(menu, &menu->items[i], answer)) {
                menu->cursor = i;
                return true;
            }
    return false;
}

/* Goes to the first item that has the typed letters in it; letters that lead nowhere start a new word. */
static void type_letter(struct menu *menu, char letter)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        size_t length = attempt ? 0 : strlen(menu->typed);
        if (length + 2 > sizeof menu->typed)
            length = 0;
        menu->typed[length] = letter;
        menu->typed[length + 1] = '\0';
        if (find_letters(menu))
            return;
    }
    menu->typed[0] = '\0';
}

static enum menu_answer toggle(struct menu_item *item)
{
    item->checked = !item->checked;
    return MENU_TOGGLED;
}

static enum menu_answer click(struct menu *menu, const struct keystroke *key)
{
    const struct area *rows = &menu->rows;
    size_t index = menu->top + (size_t)(key->line - rows->line);
    if (key->line < rows->line || key->line >= rows->line + rows->height || key->column < rows->column ||
        key->column >= rows->column + rows->width || index >= menu->count || menu->items[index].heading)
        return MENU_OPEN;
    bool again = index == menu->cursor;
    menu->cursor = index;
    if (!again)
        return MENU_OPEN;
    struct menu_item *item = &menu->items[index];
    return menu->checks ? toggle(item) : item->refusal ? MENU_OPEN : MENU_CHOSEN;
}

enum menu_answer menu_key(struct menu *menu, const struct keystroke *key)
{
    struct menu_item *item = menu_current(menu);
    switch (key->code) {
    case KEYSTROKE_CLICK: return click(menu, key);
    case KEYSTROKE_UP:
    case KEYSTROKE_WHEEL_UP: move(menu, -1); return MENU_OPEN;
    case KEYSTROKE_DOWN:
    case KEYSTROKE_WHEEL_DOWN: move(menu, 1); return MENU_OPEN;
    case KEYSTROKE_PAGE_UP: move(menu, -10); return MENU_OPEN;
    case KEYSTROKE_PAGE_DOWN: move(menu, 10); return MENU_OPEN;
    case KEYSTROKE_HOME: move(menu, -(long)menu->count); return MENU_OPEN;
    case KEYSTROKE_END: move(menu, (long)menu->count); return MENU_OPEN;
    case KEYSTROKE_ESCAPE: return MENU_CANCELLED;
    case KEYSTROKE_ENTER: return item && !item->refusal ? MENU_CHOSEN : MENU_OPEN;
    }
    if (key->code == ' ' && menu->checks && item)
        return toggle(item);
    if (key->code > ' ' && key->code < 0x7f && !key->pasted)
        type_letter(menu, (char)key->code);
    return MENU_OPEN;
}

static const char *beside(const struct menu_item *item)
{
    return item->refusal ? item->refusal : item->hint ? item->hint : "";
}

/* What stands below all items while this one is the current one. */
static const char *below(const struct menu_item *item)
{
    return item->refusal ? item->refusal : item->note ? item->note : beside(item);
}

static bool has_notes(const struct menu *menu)
{
    for (size_t i = 0; i < menu->count; i++)
        if (menu->items[i].note)
            return true;
    return false;
}

static int widest(const struct menu *menu, const char *(*text_of)(const struct menu_item *item))
{
    int width = 0;
    for (size_t i = 0; i < menu->count; i++) {
        int needed = text_width(text_of(&menu->items[i]));
        if (menu->items[i].heading)
            continue; /* it may reach over both columns */
        width = needed > width ? needed : width;
    }
    return width;
}

static const char *text_of(const struct menu_item *item)
{
    return item->text;
}

static void fill(struct pen *pen, enum style style)
{
    pen_format(pen, style, "%*s", pen_room(pen), "");
}

/* The items' texts stand in one column, what is beside them in another, which is left out where it would be
 * too narrow. */
static void draw_item(const struct menu *menu, size_t index, int text_cells, bool with_beside,
                      struct pen *pen)
{
    const struct menu_item *item = &menu->items[index];
    if (item->heading) {
        pen_format(pen, STYLE_RULE, "%s", terminal_ascii(pen->terminal) ? "- " : "─ ");
        pen_format(pen, STYLE_HEADS, "%s ", item->text);
        pen_rule(pen);
        return;
    }
    enum style style = index == menu->cursor ? STYLE_CHOSEN : item->refusal ? STYLE_DIM : STYLE_BOX;
    pen_text(pen, style, index == menu->cursor ? "> " : "  ");
    if (menu->checks)
        pen_text(pen, style, item->checked ? "[x] " : "[ ] ");
    pen_cell(pen, style, item->text, text_cells, false);
    if (with_beside)
        pen_format(pen, style, "  %s", beside(item));
    fill(pen, style);
}

/* Scrolls as little as shows the current item, and with the first of a group its heading. */
static void scroll(struct menu *menu, size_t rows)
{
    size_t first = menu->cursor;
    if (rows > 1 && first > 0 && menu->items[first - 1].heading)
        first--;
    if (first < menu->top)
        menu->top = first;
    if (menu->cursor >= menu->top + rows)
        menu->top = menu->cursor - rows + 1;
}

enum {
    BESIDE_MIN = 20, /* cells in which a hint still says something */
    NOTE_FROM = 8,   /* lines from which one can be spared for a hint that is cut beside its item */
};

void menu_draw(struct menu *menu, const struct terminal *terminal, struct area area)
{
    int text_cells = widest(menu, text_of), beside_cells = widest(menu, beside), most = area.width / 2;
    int margin = 5 + (menu->checks ? 4 : 0), title = text_width(menu->title) + 2;
    bool narrow = beside_cells > 0 && area.width < 2 * BESIDE_MIN + margin;
    if (narrow)
        text_cells = area.width;
    else if (text_cells > most && beside_cells > 0)
        text_cells = most; /* one long text must not push all hints off the screen */
    int wanted = text_cells + (narrow ? 0 : beside_cells) + margin, below_cells = widest(menu, below) + 2;
    int width = wanted > title ? wanted : title;
    if (has_notes(menu) && below_cells > width)
        width = below_cells;
    width = width < area.width ? width : area.width;
    bool note = narrow || has_notes(menu) ? area.height > 2 : wanted > width && area.height >= NOTE_FROM;
    int room = area.height - 1 - note, rows = (int)menu->count < room ? (int)menu->count : room;
    int line = area.line + (area.height - rows - 1 - note) / 2;
    int column = area.column + (area.width - width) / 2;
    if (rows < 1)
        return;
    scroll(menu, (size_t)rows);

    menu->rows = (struct area){ line + 1, column, rows, width };
    struct pen pen = pen_at(terminal, line, column, width);
    pen_format(&pen, STYLE_BANNER, " %s", menu->title);
    fill(&pen, STYLE_BANNER);
    for (int i = 0; i < rows; i++) {
        pen = pen_at(terminal, line + 1 + i, column, width);
        draw_item(menu, menu->top + (size_t)i, text_cells, !narrow, &pen);
    }
    if (note) {
        const struct menu_item *item = menu_current(menu);
        pen = pen_at(terminal, line + 1 + rows, column, width);
        pen_format(&pen, item && item->refusal ? STYLE_ERROR : STYLE_BOX, " %s", item ? below(item) : "");
        fill(&pen, STYLE_BOX);
    }
}
