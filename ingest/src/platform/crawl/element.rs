//! Kinds of HTML elements, as far as reading text and tables needs them, and their attributes.

use html5gum::StartTag;

const BLOCKS: &str = "html head body div p section article header footer main nav aside ul ol li dl dt dd table form \
                      fieldset pre blockquote center h1 h2 h3 h4 h5 h6";
const VOID: &str = "area base br col embed hr img input link meta source track wbr";
const UNSEEN: &str = "script style noscript template title textarea iframe select option";

/// Whether an element stands on lines of its own.
pub fn is_block(name: &[u8]) -> bool {
    is_one_of(BLOCKS, name)
}

/// Whether an element has no content and no end tag.
pub fn is_void(name: &[u8]) -> bool {
    is_one_of(VOID, name)
}

/// Whether a reader does not see the text of an element as text of the page.
pub fn is_unseen(name: &[u8]) -> bool {
    is_one_of(UNSEEN, name)
}

/// Whether an element is a heading.
pub fn is_heading(name: &[u8]) -> bool {
    is_one_of("h1 h2 h3 h4 h5 h6", name)
}

fn is_one_of(names: &str, name: &[u8]) -> bool {
    names.split(' ').any(|one| one.as_bytes() == name)
}

/// The value of an attribute.
pub fn attribute<'t>(tag: &'t StartTag<()>, name: &[u8]) -> Option<&'t str> {
    let value = tag.attributes.get(name)?;
    std::str::from_utf8(value).ok()
}

/// The number in an attribute; 1 when there is none.
pub fn number(tag: &StartTag<()>, name: &[u8]) -> usize {
    attribute(tag, name)
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_words() {
        for (name, block, void, unseen) in [
            ("div", true, false, false),
            ("center", true, false, false),
            ("fieldset", true, false, false),
            ("h6", true, false, false),
            ("br", false, true, false),
            ("option", false, false, true),
            ("span", false, false, false),
            ("d", false, false, false),
            ("", false, false, false),
        ] {
            let name = name.as_bytes();
            assert_eq!(
                (is_block(name), is_void(name), is_unseen(name)),
                (block, void, unseen)
            );
        }
    }
}
