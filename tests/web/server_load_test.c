#include "probe_cap.h"

void check_cases(TCase *tc)
{
    (void)tc;
}
