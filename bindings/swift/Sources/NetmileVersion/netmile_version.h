/* The two functions of bindings/c/include/netmile.h that say which library is there. The facade asks them before it
   touches generated code, whose own check ends the process. */
#ifndef NETMILE_VERSION_H
#define NETMILE_VERSION_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of operations and records. */
uint32_t netmile_abi_version(void);

/* The version of the library; static text. */
const char *netmile_version(void);

#ifdef __cplusplus
}
#endif

#endif
