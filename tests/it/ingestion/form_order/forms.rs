//! The forms of ledgers and lists, and rows of them by chance: few keys, so that rows speak of the same records, and words that differ.

use std::fmt::Write as _;

use support::Chance;

use crate::declaration::record::credit_code;

/// A form: its adapter, the name of its mapping file, and its columns with what their cells can say.
pub(super) struct Form {
    pub(super) adapter: &'static str,
    pub(super) name: &'static str,
    columns: &'static [(&'static str, &'static [&'static str])],
}

/// `{n}` stands for the credit code of the n-th invented enterprise.
const CODES: &[&str] = &["{1}", "{2}"];
const NAMES: &[&str] = &["苏州甲乙泵业有限公司", "苏州丙丁阀门有限公司"];
const KIND: &[&str] = &["法人及非法人组织", ""];
const DAYS: &[&str] = &["2026-02-02", "2026-02-03"];
const MORE_DAYS: &[&str] = &["2026-02-02", "2026-02-05", ""];
const UNTIL: &[&str] = &["2027-02-01", "2028-02-01", ""];
const ORGAN: &[&str] = &["苏州市市场监督管理局", "张家港市市场监督管理局"];
const HERE: &[&str] = &["320582"];
const PENALTY_WORDS: &[&str] = &["罚款", "警告", "罚款、没收违法所得"];
const NUMBERS: &[&str] = &["苏市监〔2026〕1号", "苏市监[2026]1号", "苏市监〔2026〕2号"];
const OPERATION: &[&str] = &["", "", "", "DELETE"];
const CMA: &[&str] = &["231020340567", "CMA 2310 2034 0567", "201020340568"];
const APPROVALS: &[&str] = &["CPA 2021F123-32", "2021-F123-32", "2022F7-32", "CPA 99-F166"];
const SERIALS: &[&str] = &["A-1", "A-2", "A-3"];
const MANDATORY: &[&str] = &["Q-1", "Q-2", "", ""];
const CERTIFICATES: &[&str] = &["LX-1", "LX-2", "LX-3"];

pub(super) const FORMS: &[Form] = &[
    Form {
        adapter: "metrology-ledger",
        name: "instrument-ledger",
        columns: &[
            ("强检编号", MANDATORY),
            ("器具名称", &["电子台秤", "压力表"]),
            ("出厂编号", SERIALS),
            ("制造厂家", &["编造衡器厂"]),
            ("量程", &["0～150 kg", "0～150 斤", ""]),
            ("监管方式", &["P+V", "V", ""]),
            ("检定周期(月)", &["12", "24", ""]),
            ("使用状态", &["在用", "停用", "", "坏了"]),
            ("使用单位", NAMES),
            ("统一社会信用代码", CODES),
            ("行政区划", HERE),
            ("是否登记造册", &["是", "否", ""]),
            ("CPA编号", APPROVALS),
            ("检定日期", MORE_DAYS),
            ("检定结果", &["合格", "不合格", ""]),
            ("证书号", CERTIFICATES),
            ("有效期至", UNTIL),
        ],
    },
    Form {
        adapter: "metrology-ledger",
        name: "verification-record",
        columns: &[
            ("强检编号", MANDATORY),
            ("器具名称", &["电子台秤"]),
            ("出厂编号", SERIALS),
            ("制造厂家", &["编造衡器厂"]),
            ("委托单位", NAMES),
            ("信用代码", CODES),
            ("行政区划", HERE),
            ("检定日期", DAYS),
            ("检定结论", &["合格", "不合格", ""]),
            ("证书类型", &["检定证书", "检定结果通知书", ""]),
            ("证书编号", CERTIFICATES),
            ("有效期至", UNTIL),
        ],
    },
    Form {
        adapter: "metrology-ledger",
        name: "type-approval",
        columns: &[
            ("型式批准证书编号", APPROVALS),
            ("获证单位", NAMES),
            ("信用代码", CODES),
            ("器具名称", &["电子台秤", "电子汽车衡"]),
            ("型号规格", &["TCS-150、TCS-300", "TCS-300、TCS-150", "TCS-150"]),
            ("发证日期", &["2021-03-01", "2022-03-01", ""]),
            ("有效期至", UNTIL),
            ("国产/进口", &["国产", "进口", ""]),
            ("证书状态", &["有效", "注销", "撤销", "？"]),
        ],
    },
    Form {
        adapter: "institution-list",
        name: "institution-list",
        columns: &[
            ("CMA证书编号", CMA),
            ("检验检测机构名称", &["编造检测有限公司", "编造检验有限公司"]),
            ("信用代码", CODES),
            ("所在区划", HERE),
            ("检测领域", &["食品；纺织品", "纺织品；食品", ""]),
            ("发证日期", &["2023-03-01", "2020-11-22", ""]),
            ("证书有效期", UNTIL),
            ("证书状态", &["有效", "暂停", "撤销", ""]),
        ],
    },
    Form {
        adapter: "institution-list",
        name: "institution-findings",
        columns: &[
            ("证书编号", CMA),
            ("违法违规情形", &["未经检验检测出具报告", "BEYOND_SCOPE"]),
            ("检查日期", DAYS),
            ("文书号", &["张市监罚〔2026〕1号", ""]),
            ("问题描述", &["一", "二", ""]),
            ("行政区划", HERE),
        ],
    },
    Form {
        adapter: "double-publicity",
        name: "penalties-2018",
        columns: &[
            ("CF_XDR_MC", NAMES),
            ("CF_XDR_LB", KIND),
            ("CF_XDR_SHXYM", CODES),
            ("CF_WSH", NUMBERS),
            ("CF_CFLB1", PENALTY_WORDS),
            ("CF_NR", PENALTY_WORDS),
            ("CF_NR_FK", &["0.2", "5", ""]),
            ("CF_JDRQ", DAYS),
            ("CF_GSRQ", MORE_DAYS),
            ("CF_CFJG", ORGAN),
            ("CF_AREACODE", HERE),
            ("OP", OPERATION),
        ],
    },
    Form {
        adapter: "double-publicity",
        name: "penalties-2015",
        columns: &[
            ("CF_XDR_MC", NAMES),
            ("CF_XDR_SHXYM", CODES),
            ("CF_WSH", NUMBERS),
            ("CF_CFLB1", PENALTY_WORDS),
            ("CF_JG", &["罚款2000元", "警告"]),
            ("CF_JDRQ", DAYS),
            ("CF_XZJG", ORGAN),
            ("CF_ZT", &["0", "0", "1"]),
            ("DFBM", HERE),
        ],
    },
    Form {
        adapter: "double-publicity",
        name: "penalties-names",
        columns: &[
            ("行政相对人名称", NAMES),
            ("行政相对人类别", KIND),
            ("统一社会信用代码", CODES),
            ("行政处罚决定书文号", NUMBERS),
            ("处罚类别", PENALTY_WORDS),
            ("处罚内容", PENALTY_WORDS),
            ("罚款金额（万元）", &["0.2", "5", ""]),
            ("处罚决定日期", DAYS),
            ("公示截止期", UNTIL),
            ("处罚机关", ORGAN),
            ("地方编码", HERE),
            ("操作类型", OPERATION),
        ],
    },
    Form {
        adapter: "double-publicity",
        name: "licences-2018",
        columns: &[
            ("XK_XDR_MC", NAMES),
            ("XK_XDR_LB", KIND),
            ("XK_XDR_SHXYM", CODES),
            ("XK_WSH", NUMBERS),
            ("XK_XKZS", &["全国工业产品生产许可证", "食品生产许可证"]),
            ("XK_XKBH", &["（苏）XK06-001-00001", "（苏）XK06-001-00002", ""]),
            ("XK_NR", &["水泥", "电线电缆"]),
            ("XK_JDRQ", DAYS),
            ("XK_YXQZ", MORE_DAYS),
            ("XK_YXQZI", UNTIL),
            ("XK_XKJG", ORGAN),
            ("XK_AREACODE", HERE),
            ("XK_ZT", &["0", "2", ""]),
            ("OP", OPERATION),
        ],
    },
    Form {
        adapter: "double-publicity",
        name: "licences-2015",
        columns: &[
            ("XK_XDR", NAMES),
            ("XK_XDR_SHXYM", CODES),
            ("XK_WSH", NUMBERS),
            ("XK_XMMC", &["准予许可决定书", ""]),
            ("XK_NR", &["水泥", "电线电缆"]),
            ("XK_JDRQ", DAYS),
            ("XK_JZQ", UNTIL),
            ("XK_XZJG", ORGAN),
            ("XK_ZT", &["0", "2", ""]),
            ("DFBM", HERE),
        ],
    },
    Form {
        adapter: "double-publicity",
        name: "licences-names",
        columns: &[
            ("行政相对人名称", NAMES),
            ("统一社会信用代码", CODES),
            ("行政许可决定文书号", NUMBERS),
            ("许可证书名称", &["全国工业产品生产许可证", ""]),
            ("许可编号", &["（苏）XK06-001-00001", ""]),
            ("许可内容", &["水泥", "电线电缆"]),
            ("许可决定日期", DAYS),
            ("有效期至", UNTIL),
            ("许可机关", ORGAN),
            ("当前状态", &["有效", "注销", ""]),
            ("地方编码", HERE),
            ("操作类型", OPERATION),
        ],
    },
    Form {
        adapter: "credit-listings",
        name: "abnormal",
        columns: &[
            ("统一社会信用代码", CODES),
            ("企业名称", NAMES),
            ("列入经营异常名录原因", &["未按期年报", "无法联系"]),
            ("列入日期", DAYS),
            ("作出决定机关（列入）", ORGAN),
            ("移出日期", MORE_DAYS),
            ("行政区划代码", HERE),
            ("操作类型", OPERATION),
        ],
    },
    Form {
        adapter: "credit-listings",
        name: "serious",
        columns: &[
            ("统一社会信用代码", CODES),
            ("企业名称", NAMES),
            ("列入严重违法失信名单原因", &["虚假登记", "制售假冒伪劣"]),
            ("列入日期", DAYS),
            ("作出决定机关（列入）", ORGAN),
            ("移出日期", MORE_DAYS),
            ("行政区划代码", HERE),
            ("操作类型", OPERATION),
        ],
    },
    Form {
        adapter: "credit-listings",
        name: "repairs",
        columns: &[
            ("统一社会信用代码", CODES),
            ("企业名称", NAMES),
            ("修复事项", &["经营异常名录", "严重违法失信名单"]),
            ("列入日期", DAYS),
            ("列入原因", &["未按期年报", "无法联系"]),
            ("申请日期", &["2026-02-10", "2026-02-11"]),
            ("修复决定日期", &["2026-02-20", "2026-02-21"]),
            ("修复结果", &["准予修复", "不予修复", "已申请"]),
            ("行政区划代码", HERE),
            ("操作类型", OPERATION),
        ],
    },
    Form {
        adapter: "credit-listings",
        name: "ratings",
        columns: &[
            ("统一社会信用代码", CODES),
            ("企业名称", NAMES),
            ("月份", &["2026-01", "2026-02"]),
            ("信用风险等级", &["A", "B", "C", "D"]),
            ("分类模型", &["通用型", ""]),
            ("行政区划代码", HERE),
            ("操作类型", OPERATION),
        ],
    },
];

impl Form {
    pub(super) fn header(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(|(column, _)| *column).collect();
        columns.join(",") + "\n"
    }

    /// A row whose cells say something by chance.
    pub(super) fn row(&self, chance: &mut Chance) -> String {
        let mut line = String::new();
        for (at, (_, words)) in self.columns.iter().enumerate() {
            let separator = if at == 0 { "" } else { "," };
            let word = match *chance.pick(words) {
                "{1}" => credit_code(1),
                "{2}" => credit_code(2),
                word => word.to_owned(),
            };
            let _infallible = write!(line, "{separator}{word}");
        }
        line + "\n"
    }
}
