// What Swift's importer can't see of libgit2: macros and variadic functions.
#pragma once
#include <git2.h>
