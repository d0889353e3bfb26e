// A filter that changes nothing. libgit2 1.5.1 maps a file that it compares unless a filter is on it, which it
// then reads (diff_file.c, diff_file_content_load_workdir_file).
#include <git2/errors.h>
#include <git2/sys/filter.h>
#include <stdlib.h>

#include "cgit2.h"

// Whether this thread makes a patch now; files that are only hashed are read in small parts without a filter.
static _Thread_local int reading;

struct pass {
    git_writestream stream;
    git_writestream *next;
    size_t bytes;
};

static int pass_write(git_writestream *stream, const char *bytes, size_t count) {
    struct pass *pass = (struct pass *)stream;
    pass->bytes += count;
    return pass->next->write(pass->next, bytes, count);
}

static int pass_close(git_writestream *stream) {
    struct pass *pass = (struct pass *)stream;
    int code = pass->next->close(pass->next);
    if (code < 0 || pass->bytes > 0) return code;
    // An empty file has no content to filter, so this one was emptied meanwhile. libgit2 1.5.1 would free the
    // constant that stands for an empty buffer.
    git_error_set_str(GIT_ERROR_FILESYSTEM, "file changed before we could read it");
    return -1;
}

static void pass_free(git_writestream *stream) { free(stream); }

static int pass_open(
    git_writestream **out, git_filter *self, void **payload, const git_filter_source *source,
    git_writestream *next) {
    (void)self, (void)payload, (void)source;
    struct pass *pass = calloc(1, sizeof *pass);
    if (!pass) {
        git_error_set_oom();
        return -1;
    }
    pass->stream = (git_writestream){.write = pass_write, .close = pass_close, .free = pass_free};
    pass->next = next;
    *out = &pass->stream;
    return 0;
}

static int is_reading(git_filter *self, void **payload, const git_filter_source *source, const char **values) {
    (void)self, (void)payload, (void)source, (void)values;
    return reading ? 0 : GIT_PASSTHROUGH;
}

int claudia_git_register_reading(void) {
    static git_filter filter = {.version = GIT_FILTER_VERSION, .check = is_reading, .stream = pass_open};
    // Nearer to the file than any filter that changes content.
    return git_filter_register("claudia-reading", &filter, GIT_FILTER_DRIVER_PRIORITY + 100);
}

int claudia_git_patch(git_patch **out, git_diff *diff, size_t position) {
    const git_diff_delta *delta = git_diff_get_delta(diff, position);
    // Of a file that is known to be empty libgit2 maps nothing, and refuses one that isn't any more.
    int is_empty = delta && delta->new_file.size == 0 && delta->new_file.flags & GIT_DIFF_FLAG_VALID_SIZE;
    reading = !is_empty;
    int code = git_patch_from_diff(out, diff, position);
    reading = 0;
    return code;
}
