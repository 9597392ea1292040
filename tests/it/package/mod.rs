//! Packages of records (数据包) in XML: taken like any other file, whole or not at all by their word, and answered by a receipt.

mod batch;
mod packed;
mod receipt;

use crate::access::reader::credit_code;

/// A record of an enterprise.
fn record(number: u32) -> String {
    let code = credit_code(number);
    format!(
        "    <RECORD>\n      <统一社会信用代码>{code}</统一社会信用代码>\n      <企业名称>编造{number}号泵业有限公司</企业名称>\n      \
         <法定代表人>龘靐{number}</法定代表人>\n    </RECORD>\n"
    )
}

/// A package of these records whose head counts `count` of them.
fn package(batch: &str, count: usize, records: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PACKAGE>\n  <HEAD>\n    <BATCH_ID>{batch}</BATCH_ID>\n    \
         <SENDER>某县市场监管局</SENDER>\n    <RECORD_COUNT>{count}</RECORD_COUNT>\n  </HEAD>\n  <BODY>\n{records}  </BODY>\n</PACKAGE>\n"
    )
}

/// A package of so many enterprises.
fn enterprises(batch: &str, count: u32) -> String {
    let records: String = (1..=count).map(record).collect();
    package(batch, count as usize, &records)
}
