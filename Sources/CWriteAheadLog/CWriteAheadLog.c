#include "CWriteAheadLog.h"

#include <pthread.h>
#include <string.h>

// A frame is a header of 24 bytes and a page (https://www.sqlite.org/fileformat2.html#wal_frame_header). SQLite writes
// each of both by itself, one behind the other; a header whose second number isn't 0 is that of a transaction's last frame.
enum { headerSize = 24 };
// SQLite's own VFS writes no more bytes at once.
enum { room = 0x1FFFF };

typedef struct {
  sqlite3_file base;
  // What follows what is in the file, and isn't there yet.
  unsigned char *bytes;
  sqlite3_int64 start;
  int count;
  int gathers;
  int is_last_frame;
} Log;

// SQLite makes room for both, one behind the other.
static sqlite3_file *file_of(sqlite3_file *log) { return (sqlite3_file *)((Log *)log + 1); }

static int flush(sqlite3_file *f) {
  Log *log = (Log *)f;
  int count = log->count;
  log->count = 0;
  return count ? file_of(f)->pMethods->xWrite(file_of(f), log->bytes, count, log->start) : SQLITE_OK;
}

static int log_write(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 place) {
  Log *log = (Log *)f;
  if (!log->gathers) return file_of(f)->pMethods->xWrite(file_of(f), bytes, count, place);
  int ends = log->is_last_frame;
  log->is_last_frame = 0;
  if (count == headerSize) {
    unsigned char none[4] = {0};
    log->is_last_frame = memcmp((const unsigned char *)bytes + 4, none, 4) != 0;
  }
  if (log->count && (place != log->start + log->count || count > room - log->count)) {
    int code = flush(f);
    if (code != SQLITE_OK) return code;
  }
  if (!log->bytes) log->bytes = sqlite3_malloc(room);
  if (!log->bytes || count > room) return file_of(f)->pMethods->xWrite(file_of(f), bytes, count, place);
  if (!log->count) log->start = place;
  memcpy(log->bytes + log->count, bytes, (size_t)count);
  log->count += count;
  return ends ? flush(f) : SQLITE_OK;
}

static int log_read(sqlite3_file *f, void *bytes, int count, sqlite3_int64 place) {
  Log *log = (Log *)f;
  if (log->count && place < log->start + log->count && place + count > log->start) {
    int code = flush(f);
    if (code != SQLITE_OK) return code;
  }
  return file_of(f)->pMethods->xRead(file_of(f), bytes, count, place);
}

static int log_truncate(sqlite3_file *f, sqlite3_int64 size) {
  int code = flush(f);
  return code == SQLITE_OK ? file_of(f)->pMethods->xTruncate(file_of(f), size) : code;
}

static int log_sync(sqlite3_file *f, int flags) {
  int code = flush(f);
  return code == SQLITE_OK ? file_of(f)->pMethods->xSync(file_of(f), flags) : code;
}

static int log_size(sqlite3_file *f, sqlite3_int64 *size) {
  int code = flush(f);
  return code == SQLITE_OK ? file_of(f)->pMethods->xFileSize(file_of(f), size) : code;
}

static int log_close(sqlite3_file *f) {
  sqlite3_free(((Log *)f)->bytes);
  return file_of(f)->pMethods->xClose(file_of(f));
}

static int log_lock(sqlite3_file *f, int level) { return file_of(f)->pMethods->xLock(file_of(f), level); }
static int log_unlock(sqlite3_file *f, int level) { return file_of(f)->pMethods->xUnlock(file_of(f), level); }
static int log_is_reserved(sqlite3_file *f, int *is) { return file_of(f)->pMethods->xCheckReservedLock(file_of(f), is); }
static int log_control(sqlite3_file *f, int what, void *value) {
  return file_of(f)->pMethods->xFileControl(file_of(f), what, value);
}
static int log_sector_size(sqlite3_file *f) { return file_of(f)->pMethods->xSectorSize(file_of(f)); }
static int log_device(sqlite3_file *f) { return file_of(f)->pMethods->xDeviceCharacteristics(file_of(f)); }

static const sqlite3_io_methods methods = {
  1, log_close, log_read, log_write, log_truncate, log_sync, log_size, log_lock, log_unlock, log_is_reserved, log_control,
  log_sector_size, log_device,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  sqlite3_vfs *system = vfs->pAppData;
  if (!(flags & SQLITE_OPEN_WAL)) return system->xOpen(system, name, file, flags, out);
  memset(file, 0, sizeof(Log));
  int code = system->xOpen(system, name, file_of(file), flags, out);
  if (code == SQLITE_OK) file->pMethods = &methods;
  return code;
}

static sqlite3_vfs vfs;
static const char *registered;

static void make(void) {
  sqlite3_vfs *system = sqlite3_vfs_find(NULL);
  if (!system) return;
  vfs = *system;
  vfs.zName = "write-ahead-log";
  vfs.szOsFile += sizeof(Log);
  vfs.pAppData = system;
  vfs.pNext = NULL;
  vfs.xOpen = open_file;
  if (sqlite3_vfs_register(&vfs, 0) == SQLITE_OK) registered = vfs.zName;
}

void write_ahead_log_gather(sqlite3 *connection, int gathers) {
  sqlite3_file *file = NULL;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (!file || file->pMethods != &methods) return;
  Log *log = (Log *)file;
  log->gathers = gathers;
  log->is_last_frame = 0;
  log->count = 0;
}

const char *write_ahead_log_vfs(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make);
  return registered;
}
