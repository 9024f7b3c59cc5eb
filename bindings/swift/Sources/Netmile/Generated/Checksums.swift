// Made by generate.py from what UniFFI generated; do not edit.

import NetmileFFI

/// Whether the library has the functions that the generated code calls.
enum Checksums {
    /// Whether library and generated code were made together.
    static var match: Bool {
        guard ffi_netmile_uniffi_uniffi_contract_version() == 30 else { return false }
        guard uniffi_netmile_uniffi_checksum_func_abi_version() == 12363 else { return false }
        guard uniffi_netmile_uniffi_checksum_func_library_version() == 63048 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_begin() == 14715 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_catalogue_code() == 10219 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_catalogue_code_async() == 62513 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_catalogue_codes() == 18763 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_catalogue_codes_async() == 29865 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_catalogue_errors() == 53695 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_catalogue_errors_async() == 2506 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_checkout_give_up() == 15022 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_checkout_give_up_async() == 25907 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_checkout_render() == 10421 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_checkout_render_async() == 61966 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_checkout_start() == 58937 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_checkout_start_async() == 11241 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_events_ack() == 31336 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_events_ack_async() == 60361 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_events_next() == 44396 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_events_next_async() == 4577 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_for_contract() == 25371 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_for_site() == 41250 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_hash_explain() == 41838 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_hash_explain_async() == 12435 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_invoke() == 39791 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_invoke_async() == 40974 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_sign_purchase() == 1336 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_sign_purchase_async() == 54128 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_sign_recurring() == 45584 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_sign_recurring_async() == 61022 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_sign_registration() == 54380 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_sign_registration_async() == 65502 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_verify() == 51780 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_link_verify_async() == 40336 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_notice_handle() == 57831 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_notice_handle_async() == 47894 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_notice_inspect() == 41769 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_notice_inspect_async() == 50287 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_notice_refuse() == 31318 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_notice_refuse_async() == 34373 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_accept_late() == 34422 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_accept_late_async() == 50336 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_by_order() == 4315 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_by_order_async() == 23725 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_evidence() == 59255 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_evidence_async() == 33974 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_get() == 42912 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_get_async() == 18589 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_list() == 5462 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_list_async() == 36334 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_resolve() == 9457 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_resolve_async() == 36569 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_review() == 55132 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_review_async() == 15281 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_unresolved() == 65017 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_purchase_unresolved_async() == 37022 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_refund_confirm() == 56471 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_refund_confirm_async() == 26961 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_refund_request() == 2000 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_refund_request_async() == 60694 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_refund_withdraw() == 9702 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_refund_withdraw_async() == 15362 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_delete() == 48226 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_delete_async() == 32179 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_notice() == 51480 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_notice_async() == 23736 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_register() == 64132 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_register_async() == 19328 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_returned() == 40925 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_registration_returned_async() == 7714 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_release() == 20445 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_return_read() == 53807 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_return_read_async() == 4326 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_start() == 60162 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_subscription_apply() == 2961 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_subscription_apply_async() == 22984 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_subscription_end() == 25385 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_subscription_end_async() == 27555 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_subscription_start() == 54093 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmileclient_subscription_start_async() == 26396 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmilerun_step() == 21783 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmilerun_step_async() == 44265 else { return false }
        guard uniffi_netmile_uniffi_checksum_method_netmilerun_step_within() == 49487 else { return false }
        guard uniffi_netmile_uniffi_checksum_constructor_netmileclient_new() == 58411 else { return false }
        return true
    }
}
