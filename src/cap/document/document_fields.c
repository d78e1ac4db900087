/*
 * document_fields.c: the field tables and the operations of documents, read like a form.
 */
#include "cap/document/document_fields.h"

#include "base/limits.h"
#include "cap/document/document.h"

#include "base/ban.h"

#define CHOICES(table) .choices = (table), .choice_count = sizeof(table) / sizeof((table)[0])
#define OF_DRAFT(member, ...) FIELD(struct draft_input, member, __VA_ARGS__)

// clang-format off
const struct field draft_fields[] = {
    OF_DRAFT(id,              .label = "文件",           .kind = FIELD_ID),
    OF_DRAFT(version,         .label = "版本",           .kind = FIELD_INT,    .least = 0, .most = INT64_MAX),
    OF_DRAFT(unit_id,         .label = "起草单位",       .kind = FIELD_ID),
    OF_DRAFT(title,           .label = "标题",           .kind = FIELD_LINE,   .most = LIMIT_TITLE_CHARS),
    OF_DRAFT(doc_number,      .label = "发文字号",       .kind = FIELD_LINE,   .most = 60, .example = "云教〔2026〕18号"),
    OF_DRAFT(remark,          .label = "备注",           .kind = FIELD_LINE,   .most = LIMIT_LINE_CHARS),
    OF_DRAFT(theme,           .label = "主题分类",       .kind = FIELD_LINE,   .most = LIMIT_NAME_CHARS),
    OF_DRAFT(category,        .label = "信息类别",       .kind = FIELD_LINE,   .most = 20),
    OF_DRAFT(signed_on,       .label = "成文日期",       .kind = FIELD_DAY,    .example = "2026年7月1日"),
    OF_DRAFT(printed_on,      .label = "印发日期",       .kind = FIELD_DAY,    .example = "2026年7月2日"),
    OF_DRAFT(valid_to,        .label = "有效期至",       .kind = FIELD_DAY,    .example = "2031年6月30日"),
    OF_DRAFT(sign_office,     .label = "署名机关",       .kind = FIELD_LINE,   .most = LIMIT_NAME_CHARS),
    OF_DRAFT(print_office,    .label = "印发机关",       .kind = FIELD_LINE,   .most = LIMIT_NAME_CHARS),
    OF_DRAFT(attribute,       .label = "公开属性",       .kind = FIELD_CHOICE, CHOICES(document_attributes)),
    OF_DRAFT(ground,          .label = "不公开的依据",   .kind = FIELD_LINE,   .most = 8),
    OF_DRAFT(ground_reason,   .label = "不公开的理由",   .kind = FIELD_LINES,  .most = LIMIT_NOTE_CHARS),
    OF_DRAFT(addressees,      .label = "主送单位",       .kind = FIELD_LINES,  .most = LIMIT_NOTE_CHARS),
    OF_DRAFT(cc,              .label = "抄送",           .kind = FIELD_LINES,  .most = LIMIT_NOTE_CHARS),
    OF_DRAFT(body,            .label = "正文",           .kind = FIELD_RAW,    .most = LIMIT_BODY_HTML_BYTES),
    OF_DRAFT(part_title,      .label = "所附文件的标题", .kind = FIELD_PARTS,  .most = LIMIT_PARTS),
    OF_DRAFT(part_body,       .label = "所附文件的正文", .kind = FIELD_PARTS,  .most = LIMIT_PARTS),
    OF_DRAFT(summary,         .label = "内容概述",       .kind = FIELD_LINES,  .most = LIMIT_LINE_CHARS),
    OF_DRAFT(keywords,        .label = "关键词",         .kind = FIELD_LINE,   .most = LIMIT_LINE_CHARS),
    OF_DRAFT(basis,           .label = "依据文件",       .kind = FIELD_LINES,  .most = LIMIT_NOTE_CHARS),
    OF_DRAFT(stage,           .label = "五公开环节",     .kind = FIELD_CHOICE, CHOICES(document_stages)),
    OF_DRAFT(interpretations, .label = "计划的解读形式", .kind = FIELD_LIST,   .most = 5),
    OF_DRAFT(replaces,        .label = "代替的文件",     .kind = FIELD_LINE,   .most = LIMIT_LINE_CHARS),
    OF_DRAFT(change_reason,   .label = "更正原因",       .kind = FIELD_LINES,  .most = LIMIT_NOTE_CHARS),
    OF_DRAFT(files,           .label = "附件",           .kind = FIELD_FILES,  .most = LIMIT_ATTACHMENTS),
    OF_DRAFT(remove_file,     .label = "删除附件",       .kind = FIELD_IDS,    .most = LIMIT_ATTACHMENTS),
};
const size_t draft_field_count = sizeof draft_fields / sizeof draft_fields[0];

static const struct field edition_fields[] = {
    FIELD(struct edition_input, id,               .label = "文件",         .kind = FIELD_ID,    .required = true),
    FIELD(struct edition_input, version,          .label = "版本",         .kind = FIELD_INT,   .least = 0, .most = INT64_MAX, .required = true),
    FIELD(struct edition_input, late_reason,      .label = "逾期原因",     .kind = FIELD_LINES, .most = LIMIT_NOTE_CHARS),
    FIELD(struct edition_input, emergency_reason, .label = "应急发布原因", .kind = FIELD_LINES, .most = LIMIT_NOTE_CHARS),
};

static const struct field correct_fields[] = {
    FIELD(struct correct_input, id,            .label = "文件",     .kind = FIELD_ID,     .required = true),
    FIELD(struct correct_input, change_kind,   .label = "更正类型", .kind = FIELD_CHOICE, .required = true, CHOICES(document_change_kinds)),
    FIELD(struct correct_input, change_reason, .label = "更正原因", .kind = FIELD_LINES,  .required = true, .most = LIMIT_NOTE_CHARS),
};

static const struct field withdraw_fields[] = {
    FIELD(struct withdraw_input, id,     .label = "文件",     .kind = FIELD_ID,     .required = true),
    FIELD(struct withdraw_input, kind,   .label = "撤下类型", .kind = FIELD_CHOICE, .required = true, CHOICES(document_withdraw_kinds)),
    FIELD(struct withdraw_input, reason, .label = "撤下原因", .kind = FIELD_LINES,  .required = true, .most = LIMIT_NOTE_CHARS),
};

static const struct field validity_fields[] = {
    FIELD(struct validity_input, id,       .label = "文件",     .kind = FIELD_ID,     .required = true),
    FIELD(struct validity_input, validity, .label = "有效性",   .kind = FIELD_CHOICE, .required = true, CHOICES(document_validities)),
    FIELD(struct validity_input, reason,   .label = "说明",     .kind = FIELD_LINES,  .most = LIMIT_NOTE_CHARS),
    FIELD(struct validity_input, valid_to, .label = "有效期至", .kind = FIELD_DAY,    .example = "2031年6月30日"),
};

static const struct field acknowledge_fields[] = {
    FIELD(struct acknowledge_input, id,      .label = "文件", .kind = FIELD_ID, .required = true),
    FIELD(struct acknowledge_input, unit_id, .label = "单位", .kind = FIELD_ID, .required = true),
};

static const struct field import_fields[] = {
    FIELD(struct import_input, text,      .label = "页面文本", .kind = FIELD_RAW,   .most = LIMIT_BODY_HTML_BYTES, .required = true),
    FIELD(struct import_input, publisher, .label = "发布机构", .kind = FIELD_LINE,  .most = LIMIT_NAME_CHARS),
    FIELD(struct import_input, category,  .label = "信息类别", .kind = FIELD_LINE,  .most = 20),
    FIELD(struct import_input, files,     .label = "附件",     .kind = FIELD_FILES, .most = LIMIT_ATTACHMENTS),
};
// clang-format on

OP_ADAPT(document_create, struct draft_input)
OP_ADAPT(document_save, struct draft_input)
OP_ADAPT(document_submit, struct edition_input)
OP_ADAPT(document_recall, struct edition_input)
OP_ADAPT(document_discard, struct edition_input)
OP_ADAPT(document_reopen, struct edition_input)
OP_ADAPT(document_publish, struct edition_input)
OP_ADAPT(document_file, struct edition_input)
OP_ADAPT(document_emergency, struct edition_input)
OP_ADAPT(document_correct, struct correct_input)
OP_ADAPT(document_withdraw, struct withdraw_input)
OP_ADAPT(document_validity, struct validity_input)
OP_ADAPT(document_acknowledge, struct acknowledge_input)
OP_ADAPT(document_import, struct import_input)

// clang-format off
const struct op document_op_rows[DOCUMENT_OPS] = {
    OP("document.create",      "新建文稿",   MAY_DOCUMENT_EDIT,        draft_fields,       struct draft_input,       document_create,      OP_PLAIN),
    OP("document.save",        "保存文稿",   MAY_DOCUMENT_EDIT,        draft_fields,       struct draft_input,       document_save,        OP_PLAIN),
    OP("document.submit",      "送审",       MAY_DOCUMENT_EDIT,        edition_fields,     struct edition_input,     document_submit,      OP_PLAIN),
    OP("document.recall",      "撤回送审",   MAY_DOCUMENT_EDIT,        edition_fields,     struct edition_input,     document_recall,      OP_PLAIN),
    OP("document.discard",     "作废文稿",   MAY_DOCUMENT_EDIT,        edition_fields,     struct edition_input,     document_discard,     OP_PLAIN),
    OP("document.reopen",      "退回起草",   MAY_DOCUMENT_PUBLISH,     edition_fields,     struct edition_input,     document_reopen,      OP_PLAIN),
    OP("document.publish",     "发布文件",   MAY_DOCUMENT_PUBLISH,     edition_fields,     struct edition_input,     document_publish,     OP_PROOF),
    OP("document.file",        "归档文件",   MAY_DOCUMENT_PUBLISH,     edition_fields,     struct edition_input,     document_file,        OP_PLAIN),
    OP("document.emergency",   "应急发布",   MAY_DOCUMENT_EMERGENCY,   edition_fields,     struct edition_input,     document_emergency,   OP_PROOF),
    OP("document.correct",     "更正文件",   MAY_DOCUMENT_EDIT,        correct_fields,     struct correct_input,     document_correct,     OP_PLAIN),
    OP("document.withdraw",    "撤下文件",   MAY_DOCUMENT_PUBLISH,     withdraw_fields,    struct withdraw_input,    document_withdraw,    OP_PROOF),
    OP("document.validity",    "更新有效性", MAY_DOCUMENT_PUBLISH,     validity_fields,    struct validity_input,    document_validity,    OP_PLAIN),
    OP("document.acknowledge", "签收公文",   MAY_DOCUMENT_ACKNOWLEDGE, acknowledge_fields, struct acknowledge_input, document_acknowledge, OP_PLAIN),
    OP("document.import",      "导入文件",   MAY_DOCUMENT_IMPORT,      import_fields,      struct import_input,      document_import,      OP_PLAIN),
};
// clang-format on

const struct op *const OP_DOCUMENT_CREATE = &document_op_rows[0];
const struct op *const OP_DOCUMENT_SAVE = &document_op_rows[1];
const struct op *const OP_DOCUMENT_SUBMIT = &document_op_rows[2];
const struct op *const OP_DOCUMENT_RECALL = &document_op_rows[3];
const struct op *const OP_DOCUMENT_DISCARD = &document_op_rows[4];
const struct op *const OP_DOCUMENT_REOPEN = &document_op_rows[5];
const struct op *const OP_DOCUMENT_PUBLISH = &document_op_rows[6];
const struct op *const OP_DOCUMENT_FILE = &document_op_rows[7];
const struct op *const OP_DOCUMENT_EMERGENCY = &document_op_rows[8];
const struct op *const OP_DOCUMENT_CORRECT = &document_op_rows[9];
const struct op *const OP_DOCUMENT_WITHDRAW = &document_op_rows[10];
const struct op *const OP_DOCUMENT_VALIDITY = &document_op_rows[11];
const struct op *const OP_DOCUMENT_ACKNOWLEDGE = &document_op_rows[12];
const struct op *const OP_DOCUMENT_IMPORT = &document_op_rows[13];
