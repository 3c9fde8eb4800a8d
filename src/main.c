/* Forklore: the process tree, live, and a laboratory in it. */
#include "app/program.h"

int main(int argc, char **argv)
{
    return program_run(argc, argv);
}
