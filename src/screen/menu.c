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

struct menu_item *menu_current(struct menu *menu)
{
    return menu->cursor < menu->count ? &menu->items[menu->cursor] : NULL;
}

static void move(struct menu *menu, long steps)
{
    long place = (long)menu->cursor + steps;
    long most = menu->count ? (long)menu->count - 1 : 0;
    menu->cursor = (size_t)(place < 0 ? 0 : place > most ? most : place);
    menu->typed[0] = '\0';
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
        for (size_t i = 0; i < menu->count; i++)
            if (strcasestr(menu->items[i].text, menu->typed)) {
                menu->cursor = i;
                return;
            }
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
        key->column >= rows->column + rows->width || index >= menu->count)
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

static int widest(const struct menu *menu, const char *(*text_of)(const struct menu_item *item))
{
    int width = 0;
    for (size_t i = 0; i < menu->count; i++) {
        int needed = text_width(text_of(&menu->items[i]));
        width = needed > width ? needed : width;
    }
    return width;
}

static const char *text_of(const struct menu_item *item)
{
    return item->text;
}

/* The items' texts stand in one column, what is beside them in another. */
static void draw_item(const struct menu *menu, size_t index, int text_cells, struct pen *pen)
{
    const struct menu_item *item = &menu->items[index];
    enum style style = index == menu->cursor ? STYLE_CHOSEN : item->refusal ? STYLE_DIM : STYLE_BOX;
    pen_text(pen, style, index == menu->cursor ? "> " : "  ");
    if (menu->checks)
        pen_text(pen, style, item->checked ? "[x] " : "[ ] ");
    pen_cell(pen, style, item->text, text_cells, false);
    pen_format(pen, style, "  %s", beside(item));
    pen_format(pen, style, "%*s", pen_room(pen), "");
}

void menu_draw(struct menu *menu, const struct terminal *terminal, struct area area)
{
    int text_cells = widest(menu, text_of), most = area.width / 2;
    if (text_cells > most && widest(menu, beside) > 0)
        text_cells = most; /* one long text must not push all hints off the screen */
    int wanted = text_cells + widest(menu, beside) + 5 + (menu->checks ? 4 : 0),
        title = text_width(menu->title) + 2;
    int width = wanted > title ? wanted : title;
    width = width < area.width ? width : area.width;
    int rows = (int)menu->count < area.height - 1 ? (int)menu->count : area.height - 1;
    int line = area.line + (area.height - rows - 1) / 2;
    int column = area.column + (area.width - width) / 2;
    if (rows < 1)
        return;
    if (menu->cursor < menu->top)
        menu->top = menu->cursor;
    if (menu->cursor >= menu->top + (size_t)rows)
        menu->top = menu->cursor - (size_t)rows + 1;

    menu->rows = (struct area){ line + 1, column, rows, width };
    struct pen pen = pen_at(terminal, line, column, width);
    pen_format(&pen, STYLE_BANNER, " %s", menu->title);
    pen_format(&pen, STYLE_BANNER, "%*s", pen_room(&pen), "");
    for (int i = 0; i < rows; i++) {
        pen = pen_at(terminal, line + 1 + i, column, width);
        draw_item(menu, menu->top + (size_t)i, text_cells, &pen);
    }
}
