/* account_gate.c: how many passwords are hashed at a time. Each takes 64 MiB for a quarter of a
 * second. */
#include "cap/account/account_login.h"

#include <pthread.h>

#include "base/ban.h"

enum { AT_WORK_MOST = 2, WAITING_MOST = 32 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t left = PTHREAD_COND_INITIALIZER;
static int at_work;
static int waiting;

bool hash_gate_enter(void)
{
    pthread_mutex_lock(&lock);
    bool in = true;
    if (at_work >= AT_WORK_MOST) {
        in = waiting < WAITING_MOST;
        if (in) {
            waiting++;
            while (at_work >= AT_WORK_MOST) {
                pthread_cond_wait(&left, &lock);
            }
            waiting--;
        }
    }
    at_work += in ? 1 : 0;
    pthread_mutex_unlock(&lock);
    return in;
}

void hash_gate_leave(void)
{
    pthread_mutex_lock(&lock);
    must(at_work > 0);
    at_work--;
    pthread_cond_signal(&left);
    pthread_mutex_unlock(&lock);
}
