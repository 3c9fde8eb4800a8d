/* subject NAME: a process whose comm is NAME, with \xHH for any byte, that sleeps until it is killed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    char name[16] = "";
    size_t length = 0;

    if (argc != 2)
        return 2;
    for (const char *at = argv[1]; *at && length < sizeof(name) - 1;) {
        unsigned byte = (unsigned char)*at;
        int taken = 1;
        if (at[0] == '\\' && at[1] == 'x' && sscanf(at + 2, "%2x", &byte) == 1)
            taken = 4;
        name[length++] = (char)byte;
        at += taken;
    }
    prctl(PR_SET_NAME, name);
    for (;;)
        pause();
}
