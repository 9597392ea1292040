//! Personal data at the border: raw files that hold it lie under seal, and can be erased by their keys.

mod erased;
mod sealed;

use crate::access::reader::credit_code;

/// A list of enterprises with the names of their representatives: `good` rows, and one that names no enterprise.
fn register(good: u32) -> String {
    let mut text = "统一社会信用代码,企业名称,法定代表人,联系电话,备注\n".to_owned();
    for number in 1..=good {
        let code = credit_code(number);
        text += &format!("{code},编造{number}号泵业有限公司,龘靐{number},13800{number:06},备注{number}\n");
    }
    text + ",,龘靐末,13800999999,无名\n"
}
