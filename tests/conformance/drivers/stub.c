/* A library of another version: everything is the real library's, but what is defined here. */
#include <stdint.h>

#ifdef ABI
uint32_t netmile_abi_version(void);
uint32_t uniffi_netmile_uniffi_fn_func_abi_version(void *status);

uint32_t netmile_abi_version(void) { return ABI; }

uint32_t uniffi_netmile_uniffi_fn_func_abi_version(void *status) {
    (void)status;
    return ABI;
}
#endif

#ifdef CONTRACT
uint32_t ffi_netmile_uniffi_uniffi_contract_version(void);

uint32_t ffi_netmile_uniffi_uniffi_contract_version(void) { return CONTRACT; }
#endif

#ifdef CHECKSUM
uint16_t uniffi_netmile_uniffi_checksum_func_abi_version(void);

uint16_t uniffi_netmile_uniffi_checksum_func_abi_version(void) { return CHECKSUM; }
#endif
