#include "lesson/template.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* clang-format off */
static const char text[] =
    "# A lesson for Forklore. Play it: forklore lesson FILE; check it: forklore lesson --check FILE.\n"
    "# forklore-lesson(5) describes all that may stand here.\n"
    "\n"
    "name: @NAME@                  # as the file is called, without .yaml\n"
    "# number: 40                  # shown before the title, and a short name: forklore lesson 40\n"
    "# The languages of the title are those of every text below. One that is the same in all needs none: say: \"R\".\n"
    "title: {en: A process of mine, zh_CN: 我的进程}                   # 30 cells; a Chinese character takes 2\n"
    "goal: {en: What fork gives to its caller, zh_CN: fork 给调用者什么}   # one line of 78 cells\n"
    "\n"
    "code:                         # listings, as a student would write them: 25 lines of 74 cells\n"
    "  - file: mine.c              # .c is compiled, .py is run; both languages can be chosen by a key\n"
    "    text: |\n"
    "      #include <stdio.h>\n"
    "      #include <sys/wait.h>\n"
    "      #include <unistd.h>\n"
    "\n"
    "      int main(void)\n"
    "      {\n"
    "          pid_t pid = fork();\n"
    "          if (pid == 0)\n"
    "              _exit(7);                 /* the child */\n"
    "          waitpid(pid, NULL, 0);\n"
    "          printf(\"child: %d\\n\", pid);   /* the parent */\n"
    "          return 0;\n"
    "      }\n"
    "    comments:                 # the listing's comments in the other languages of the title\n"
    "      the child: {zh_CN: 子进程}\n"
    "      the parent: {zh_CN: 父进程}\n"
    "    prints: |                 # what it prints; {NAME} stands for a number\n"
    "      child: {pid}\n"
    "  - file: mine.py\n"
    "    text: |\n"
    "      import os\n"
    "\n"
    "      pid = os.fork()\n"
    "      if pid == 0:\n"
    "          os._exit(7)                   # the child\n"
    "      os.waitpid(pid, 0)\n"
    "      print('child:', pid)              # the parent\n"
    "    comments:\n"
    "      the child: {zh_CN: 子进程}\n"
    "      the parent: {zh_CN: 父进程}\n"
    "    prints: |\n"
    "      child: {pid}\n"
    "\n"
    "steps:                        # 1 to 8\n"
    "  - say:                      # read before anything is done: 5 lines of 78 cells\n"
    "      en: >\n"
    "        Here is a process, a. Nothing has happened to it yet.\n"
    "      zh_CN: >\n"
    "        这里有一个进程 a，它还什么都没有做。\n"
    "    do: |                     # commands of the lab: forklore lab, forklore(1)\n"
    "      spawn a\n"
    "    expect: |                 # what the kernel must show then, a line each\n"
    "      a exists\n"
    "    then:                     # read afterwards; {a.pid} is asked of the kernel\n"
    "      en: >\n"
    "        Its PID is {a.pid}, and its parent is {a.ppid}.\n"
    "      zh_CN: >\n"
    "        它的进程号是 {a.pid}，父进程是 {a.ppid}。\n"
    "    shell: [\"ps -o pid,ppid,stat,comm -p {a.pid}\"]   # to try elsewhere; never run\n"
    "\n"
    "  - say:\n"
    "      en: >\n"
    "        Now a calls fork. The call returns twice: in a, and in its child b.\n"
    "      zh_CN: >\n"
    "        现在 a 调用 fork。这个调用会返回两次：一次在 a 里，一次在子进程 b 里。\n"
    "    ask:                      # asked before the commands are carried out\n"
    "      question: {en: What does fork return in a?, zh_CN: fork 在 a 里返回什么？}\n"
    "      answer: a.result        # what the kernel shows afterwards\n"
    "      choices:                # 2 to 4; the key is the value that makes it right\n"
    "        \"0\":\n"
    "          why:                # what is so, and why: read by whoever chose this\n"
    "            en: >\n"
    "              0 is what the child gets. The parent gets the PID of the child,\n"
    "              {b.pid}: it may have many children and must tell them apart.\n"
    "            zh_CN: >\n"
    "              0 是子进程得到的值。父进程得到的是子进程的进程号 {b.pid}：\n"
    "              它可能有许多子进程，必须能把它们区分开。\n"
    "        child:\n"
    "          if: a.result = b.pid                       # or an expectation makes it right\n"
    "          say: {en: the PID of b, zh_CN: b 的进程号}   # how it is shown\n"
    "          why:\n"
    "            en: >\n"
    "              The parent gets the PID of the child, here {b.pid}; the child\n"
    "              itself gets 0.\n"
    "            zh_CN: >\n"
    "              父进程得到子进程的进程号，这里是 {b.pid}；子进程自己得到 0。\n"
    "    do: |\n"
    "      a: fork b\n"
    "    expect: |\n"
    "      b.ppid = a.pid within 5s\n"
    "    mark: {mine.c: 7, mine.py: 3}                    # lines of the listings\n"
    "    # needs: [cpus>=2]        # lines of forklore doctor; unmet, the step is skipped:\n"
    "    # otherwise: {en: There is one CPU only., zh_CN: 只有一个 CPU。}\n"
    "    notes: {en: For the teacher., zh_CN: 给教师。}\n";
/* clang-format on */

static const char name_mark[] = "@NAME@";

char *template_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    if (!length || *name == '-' || strcmp(name + length, ".yaml") != 0 || strcmp(name, "course.yaml") == 0)
        return NULL;
    return xstrndup(name, length);
}

int template_write_text(const char *path, const char *whole)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return -errno;
    size_t length = strlen(whole);
    for (ssize_t written; length > 0; whole += written, length -= (size_t)written) {
        written = write(fd, whole, length);
        if (written < 0) {
            int error = -errno;
            close(fd);
            unlink(path);
            return error;
        }
    }
    return close(fd) < 0 ? -errno : 0;
}

int template_write(const char *path)
{
    char *name = template_name(path);
    if (!name)
        return -EINVAL;
    const char *mark = strstr(text, name_mark);
    char *whole = xasprintf("%.*s%s%s", (int)(mark - text), text, name, mark + strlen(name_mark));
    int error = template_write_text(path, whole);
    free(whole);
    free(name);
    return error;
}
