/* Sockets between actors, on 127.0.0.1. Ports are the kernel's choice. */
#include "../unit.h"
#include "bench.h"

#include "lab/members.h"

#include <locale.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOLDS(bench) assert_int_equal(lab_failures((bench)->lab), 0)

static long port_of(const struct bench *bench, const char *actor, const char *name)
{
    const struct member *member = member_by_name(bench->lab, actor);
    const struct thing *thing = member ? things_find(&member->things, name) : NULL;
    assert_non_null(thing);
    return thing->number;
}

static void a_datagram_tells_who_sent_it(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; spawn b; a: udp u; b: udp v; b: recvfrom v; expect b.state = S;"
                     "expect a.u != b.v; a: sendto u b.v \"hello there\"; expect b.result = 11;"
                     "b: recvfrom v 100; interrupt b; expect b.errno = EINTR; b: recvfrom v 5");
    assert_true(bench_has(bench, "b: recvfrom(3, buf, 512, 0, &address, &size) ...\n"));
    assert_true(bench_has(bench, "b: recvfrom(3, \"hello there\", 512, 0, {AF_INET, 127.0.0.1:"));
    assert_true(bench_has(bench, ", {16}) = 11 -- the other side: a.u\n"));
    char script[80];
    snprintf(script, sizeof script, "a: fork c; c: sendto u %ld \"not all of it\"; expect b.result = 5",
             port_of(bench, "b", "v"));
    bench_run(bench, script);
    assert_true(bench_has(bench, "b: recvfrom(3, \"not a\", 5, 0, {AF_INET, 127.0.0.1:"));
    /* It is one socket that both have since the fork. */
    assert_true(bench_has(bench, ", {16}) = 5 -- the other side: a.u, c.u\n"));
    HOLDS(bench);
}

static void a_port_is_one_sockets(void **state)
{
    struct bench *bench = *state;
    char script[200];
    bench_run(bench, "spawn a; a: udp u; a: listen l; spawn b");
    snprintf(
        script, sizeof script,
        "b: udp v port=%ld; expect b.errno = EADDRINUSE; b: listen m port=%ld; a: close u; b: udp v port=%ld",
        port_of(bench, "a", "u"), port_of(bench, "a", "l"), port_of(bench, "a", "u"));
    bench_run(bench, script);
    HOLDS(bench);
    assert_true(bench_place(bench, ", 16) = -1 EADDRINUSE -- EADDRINUSE: another socket has this port\n"
                                   "b: close(3) = 0\n"
                                   ": expect b.errno = EADDRINUSE") <
                bench_place(bench, "b: setsockopt(3, SOL_SOCKET"));
    assert_true(bench_has(bench,
                          "= -1 EADDRINUSE -- EADDRINUSE: another socket has this port\nb: close(3) = 0\n"
                          "a: close(3) = 0\nb: socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, 0) = 3\n"));
    assert_int_equal(port_of(bench, "b", "v") > 0, 1);
}

static void a_port_may_be_named_by_who_has_it(void **state)
{
    bench_run(*state, "spawn a; spawn b; a: listen l; a: udp u; b: listen m port=a.l;"
                      "expect b.errno = EADDRINUSE; b: udp v port=a.u; expect b.errno = EADDRINUSE;"
                      "a: close l; b: listen m port=a.l");
    assert_true(bench_has(*state, ": b: listen m port=a.l -- no actor has the socket 'port=a.l'"));
    assert_int_equal(lab_failures(((struct bench *)*state)->lab), 1);
    bench_reject(*state, "spawn c; c: udp w port=0");
    bench_reject(*state, "spawn c; c: udp w port=Aa.l");
}

static void two_processes_accept_at_one_socket(void **state)
{
    struct bench *bench = *state;
    bench_run(bench,
              "spawn a; a: listen l; a: fork b; a: fork c; b: accept l s; c: accept l s; spawn d;"
              "expect b.state = S; expect c.state = S; d: connect k a.l; d: connect m a.l;"
              "expect b.s = a.l; expect c.s = a.l; d: write k for-both; d: write m for-both; b: read s;"
              "c: read s; b: write s back; d: close k; b: read s; d: close m; c: read s");
    HOLDS(bench);
    assert_true(bench_has(bench, "b: accept4(3, &address, &size, SOCK_CLOEXEC) ...\n"));
    assert_true(bench_has(bench, "c: accept4(3, &address, &size, SOCK_CLOEXEC) ...\n"));
    assert_true(bench_has(bench, ", {16}, SOCK_CLOEXEC) = 4 -- the other side: d.k\n"));
    assert_true(bench_has(bench, ", {16}, SOCK_CLOEXEC) = 4 -- the other side: d.m\n"));
    assert_true(bench_has(bench, "b: read(4, \"for-both\", 512) = 8\n"));
    assert_true(bench_has(bench, "c: read(4, \"for-both\", 512) = 8\n"));
    assert_true(bench_has(bench, "c: read(4, \"\", 512) = 0 -- end of file\n"));
    bench_run(bench, "a: accept l s; interrupt a; expect a.errno = EINTR");
    HOLDS(bench);
}

static void nobody_listens(void **state)
{
    struct bench *bench = *state;
    bench_run(bench, "spawn a; a: listen l; spawn b; b: connect k a.l; a: accept l s; b: connect m b.k;"
                     "expect b.errno = ECONNREFUSED; a: close l; b: connect m a.s;"
                     "expect b.errno = ECONNREFUSED; a: udp u; a: accept u t; a: write u x");
    HOLDS(bench);
    assert_true(bench_has(bench, " = -1 ECONNREFUSED -- ECONNREFUSED: no socket listens on this port\n"));
    assert_true(
        bench_has(bench, "= -1 EOPNOTSUPP -- EOPNOTSUPP: a socket for datagrams has no connections\n"));
    assert_true(bench_has(bench, "= -1 EDESTADDRREQ -- EDESTADDRREQ: a socket that is not connected needs"));
}

/* A socket that this test listens on is no actor's, whatever an actor has with the same number. */
static void only_actors_can_be_reached(void **state)
{
    struct bench *bench = *state;
    char script[300];
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int own = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(own, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(own, 1), 0);
    assert_int_equal(getsockname(own, (struct sockaddr *)&address, &size), 0);
    int port = ntohs(address.sin_port);
    snprintf(
        script, sizeof script,
        "spawn a; spawn b; b: udp u port=%d; a: connect k b.u; a: connect k %d; a: sendto u b.u x; a: udp u;"
        "b: let x = 1; a: sendto u b.x x; a: sendto u c.u x; b: exit; a: sendto u b.u x; a: sendto u %d x",
        port, port, port);
    bench_run(bench, script);
    assert_true(
        bench_has(bench, ": a: connect k b.u -- no actor has the socket 'b.u': sockets reach only actors\n"));
    assert_true(bench_has(bench, ": a: sendto u b.u x -- it has no thing of the name 'u'\n"));
    assert_true(bench_has(bench, ": a: sendto u b.x x -- no actor has the socket 'b.x'"));
    assert_true(bench_has(bench, ": a: sendto u c.u x -- no actor has the socket 'c.u'"));
    assert_true(bench_has(bench, ": a: sendto u b.u x -- no actor has the socket 'b.u'"));
    assert_false(bench_has(bench, "a: connect("));
    assert_false(bench_has(bench, "a: sendto("));
    assert_int_equal(lab_failures(bench->lab), 7);
    close(own);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(a_datagram_tells_who_sent_it),       TEST(a_port_is_one_sockets),
        TEST(a_port_may_be_named_by_who_has_it),
        TEST(two_processes_accept_at_one_socket), TEST(nobody_listens),
        TEST(only_actors_can_be_reached),
    };
    return cmocka_run_group_tests_name("lab/sockets", tests, NULL, NULL);
}
