//! The closed vocabulary of products: quality flags.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Quality flags (质量标记) of a product: what is odd about it, while it is taken nevertheless.
    ProductFlag {
        /// The check digit of the barcode does not fit (GB 12904).
        BarcodeCheckFailed = "BARCODE_CHECK_FAILED",
        /// The barcode given by the source is no GTIN; its text is kept.
        BarcodeUnreadable = "BARCODE_UNREADABLE",
        /// Declarations give the product different barcodes.
        SeveralBarcodes = "SEVERAL_BARCODES",
    }
}
