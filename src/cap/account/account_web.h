/* account_web.h: the pages of this capability, for the manifest. */
#ifndef GK_CAP_ACCOUNT_WEB_H
#define GK_CAP_ACCOUNT_WEB_H

#include "web/route.h"

/* account_login_web.c */
route_fn login_page, login_send, login_json, logout_send;
route_fn activate_page, activate_send;
route_fn prove_page, prove_send;
/* account_me_web.c */
route_fn me_page, me_end_others, password_page, password_send, totp_page, totp_send;
/* account_people_web.c */
route_fn people_page, people_send, person_page, person_edit_send, person_code_send, person_lock_send, person_unlock_send,
    person_leave_send, person_unbind_send, role_give_send, role_take_send;
/* account_units_web.c */
route_fn units_page, units_send, unit_page, unit_edit_send, unit_alias_send, unit_unalias_send, unit_move_send, unit_close_send;
/* account_admin_web.c */
route_fn roles_page, role_confirm_send, role_refuse_send, settings_page, settings_send, audit_page, audit_verify_send;

#endif
