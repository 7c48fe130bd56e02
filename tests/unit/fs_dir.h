// A temporary folder with the file that a test is about, and one beside it.
#ifndef FS_DIR_H
#define FS_DIR_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "t.h"

#include "base/fs.h"

struct fs_dir {
    char name[32];
    struct buf path, beside;
};

static inline int fs_dir_make(struct fs_dir *dir, const char *beside)
{
    strcpy(dir->name, "/tmp/t_base_fs-XXXXXX");
    if (!mkdtemp(dir->name))
        return -1;
    fs_join(&dir->path, dir->name, "file");
    fs_join(&dir->beside, dir->name, beside);
    return 0;
}

static inline int fs_dir_drop(struct fs_dir *dir)
{
    unlink(buf_cstr(&dir->path));
    unlink(buf_cstr(&dir->beside));
    buf_release(&dir->path);
    buf_release(&dir->beside);
    return rmdir(dir->name);
}

#endif
