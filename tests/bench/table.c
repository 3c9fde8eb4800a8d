#include "table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The value that `share` (0 to 1) of all are not above; NAN of none. */
static double quantile(const double *values, int count, double share)
{
    double sorted[LATENCY_MOST]; /* the most values there ever are of a kind */
    if (count == 0)
        return NAN;
    memcpy(sorted, values, (size_t)count * sizeof *values);
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    int place = (int)ceil(share * count) - 1;
    return sorted[place < 0 ? 0 : place];
}

static double median(const double *values, int count)
{
    return (quantile(values, count, 0.5) + quantile(values, count, (count + 1.0) / count / 2)) / 2;
}

/* The median over the rounds of a[round], or of a[round] / b[round]; NAN when no round has both. */
static double over_rounds(const struct figures *figures, int a, int b)
{
    double values[MOST_ROUNDS];
    int count = 0;
    for (int round = 0; round < figures->rounds; round++) {
        double value = figures->cost[a][round] / (b < 0 ? 1 : figures->cost[b][round]);
        if (!isnan(value))
            values[count++] = value;
    }
    return count > 0 ? median(values, count) : NAN;
}

static void print_heads(FILE *out, const struct contestant *contestant)
{
    fprintf(out, "  %-16s %11s %12s %15s  target\n", contestant->prints ? "one run" : "one refresh", "ms",
            "us/process", "forklore/this");
}

static void print_contestant(FILE *out, const struct figures *figures, const struct contestant *contestant,
                             int index, int ours)
{
    double cost = over_rounds(figures, index, -1);
    fprintf(out, "  %-16s %11.2f %12.2f", contestant->name, cost, cost * 1e3 / figures->processes);
    double ratio = contestant->ours ? NAN : over_rounds(figures, ours, index);
    double target = contestant_target(contestant, figures->size);
    if (!isnan(ratio))
        fprintf(out, " %15.3f", ratio);
    if (!isnan(ratio) && target > 0)
        fprintf(out, "  <= %-5g %s", target, ratio <= target ? "met" : "MISSED");
    fputc('\n', out);
}

static void print_latencies(FILE *out, const struct figures *figures)
{
    if (figures->latency_count == 0)
        return;
    double p99 = quantile(figures->latencies, figures->latency_count, 0.99);
    fprintf(out,
            "  %d key presses during a sweep, until the screen showed it: median %.1f ms, 99th percentile "
            "%.1f ms, "
            "longest %.1f ms (<= 20 at the 99th: %s)\n",
            figures->latency_count, quantile(figures->latencies, figures->latency_count, 0.5), p99,
            quantile(figures->latencies, figures->latency_count, 1), p99 <= 20 ? "met" : "MISSED");
}

void table_print(FILE *out, const struct figures *figures)
{
    size_t count;
    const struct contestant *all = contestants(&count);
    int ours = -1;
    fprintf(out, "%d processes, %d rounds\n", figures->processes, figures->rounds);
    const struct contestant *last = NULL;
    for (size_t i = 0; i < count; i++) {
        if (all[i].ours)
            ours = (int)i;
        if (isnan(over_rounds(figures, (int)i, -1)))
            continue;
        if (!last || all[i].prints != last->prints)
            print_heads(out, &all[i]);
        print_contestant(out, figures, &all[i], (int)i, ours);
        last = &all[i];
    }
    print_latencies(out, figures);
    fputc('\n', out);
}
