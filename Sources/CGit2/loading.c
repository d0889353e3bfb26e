// libgit2 is loaded when it is first needed. It brings some fifteen libraries along (Kerberos, two of cryptography,
// ssh), whose loading takes half of the time of a verb that has no use for it.
#include <dlfcn.h>
#include <git2/version.h>
#include <stdio.h>
#include <stdlib.h>

#include "cgit2.h"

// Each function is a jump to the place that holds its address, so arguments and results pass as they are, and the
// headers of libgit2 count. Hidden, so that libgit2's own calls don't come here.
#if defined(__x86_64__)
#define JUMP(name) "jmp *claudia_at_" name "(%rip)\n"
#elif defined(__aarch64__)
#define JUMP(name) \
    "adrp x16, claudia_at_" name "\n" \
    "ldr x16, [x16, :lo12:claudia_at_" name "]\n" \
    "br x16\n"
#else
#error "Tell here how to jump to an address in memory on this processor."
#endif

// Where every function leads until libgit2 is loaded.
__attribute__((used, visibility("hidden"))) void claudia_git_absent(void);
void claudia_git_absent(void) {
    fputs("claudia: libgit2 was called before it was loaded.\n", stderr);
    abort();
}

#define FUNCTION(name) \
    __attribute__((used, visibility("hidden"))) void *claudia_at_##name = (void *)claudia_git_absent; \
    __asm__( \
        ".text\n.p2align 4\n.globl " #name "\n.hidden " #name "\n.type " #name ", %function\n" \
        #name ":\n" JUMP(#name) ".size " #name ", . - " #name "\n");
#include "functions.h"
#undef FUNCTION

static const struct {
    const char *name;
    void **place;
} functions[] = {
#define FUNCTION(name) {#name, &claudia_at_##name},
#include "functions.h"
#undef FUNCTION
};

const char *claudia_git_load(void) {
    // The version whose headers these are, as a linked program would ask for it.
    void *library = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_LAZY | RTLD_LOCAL);
    if (!library) return dlerror();
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *found = dlsym(library, functions[i].name);
        if (!found) return dlerror();
        *functions[i].place = found;
    }
    return NULL;
}
