// What the sqlite3 library needs for the same questions, with nothing around it: no server, no JSON.
//
//   floor DATABASE SECONDS THREADS SQL < VALUES
//
// Runs the statements of SQL one after another, each row and column read, with the next of the values' lines in turn;
// tabs stand between the values of a line. Each thread has a connection of its own. Prints questions a second, and the
// 50th and 99th percentile in milliseconds.
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { mostStatements = 16, mostValues = 8, mostLines = 4096, mostTimes = 1 << 22 };

static const char *path, *script;
static double seconds;
static char *lines[mostLines];
static int lineCount;

struct run {
  pthread_t thread;
  unsigned first;
  double *times;
  int count;
  long bytes;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void fail(sqlite3 *database, const char *what) {
  fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(database));
  exit(1);
}

static void answer(sqlite3 *database, sqlite3_stmt *statement, const char *line, struct run *run) {
  char values[1024];
  snprintf(values, sizeof values, "%s", line);
  char *rest = values, *value;
  for (int index = 1; index <= sqlite3_bind_parameter_count(statement); index++) {
    value = strsep(&rest, "\t");
    sqlite3_bind_text(statement, index, value, -1, SQLITE_TRANSIENT);
  }
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    for (int column = sqlite3_column_count(statement); column-- > 0;) {
      sqlite3_column_text(statement, column);
      run->bytes += sqlite3_column_bytes(statement, column);
    }
  if (code != SQLITE_DONE) fail(database, "step");
  sqlite3_reset(statement);
}

static void *work(void *context) {
  struct run *run = context;
  sqlite3 *database;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL)) fail(database, path);
  sqlite3_exec(database, "PRAGMA cache_size = -16384", NULL, NULL, NULL);
  sqlite3_stmt *statements[mostStatements];
  int count = 0;
  for (const char *rest = script; count < mostStatements && *rest;) {
    if (sqlite3_prepare_v2(database, rest, -1, &statements[count], &rest)) fail(database, script);
    if (statements[count]) count++;
  }
  double start = now(), before = start;
  for (unsigned turn = run->first; before - start < seconds && run->count < mostTimes; turn++) {
    for (int index = 0; index < count; index++) answer(database, statements[index], lines[turn % lineCount], run);
    double after = now();
    run->times[run->count++] = after - before;
    before = after;
  }
  for (int index = 0; index < count; index++) sqlite3_finalize(statements[index]);
  sqlite3_close(database);
  return NULL;
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

int main(int argc, char **argv) {
  if (argc != 5) return fprintf(stderr, "floor DATABASE SECONDS THREADS SQL < VALUES\n"), 2;
  path = argv[1], seconds = atof(argv[2]), script = argv[4];
  int threads = atoi(argv[3]), total = 0;
  char line[1024];
  while (lineCount < mostLines && fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    lines[lineCount++] = strdup(line);
  }
  if (!lineCount) lines[lineCount++] = "";
  struct run *runs = calloc(threads, sizeof *runs);
  for (int index = 0; index < threads; index++) {
    runs[index].times = malloc(mostTimes * sizeof(double));
    runs[index].first = index * lineCount / threads;
    pthread_create(&runs[index].thread, NULL, work, &runs[index]);
  }
  for (int index = 0; index < threads; index++) {
    pthread_join(runs[index].thread, NULL);
    total += runs[index].count;
  }
  double *all = malloc(total * sizeof(double));
  int next = 0;
  for (int index = 0; index < threads; index++)
    for (int time = 0; time < runs[index].count; time++) all[next++] = runs[index].times[time];
  qsort(all, total, sizeof(double), ascending);
  printf("%.1f %.3f %.3f\n", total / seconds, all[total / 2] * 1000, all[(int)(total * 0.99)] * 1000);
}
