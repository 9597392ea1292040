//! What a question finds: in any script, width and case, word by word, and without meaning anything to the database.

use support::on_both;

use super::text::{found, server};

on_both! {
    async fn r49_traditional_characters_find_simplified_text(engine) {
        let (_database, server) = server(engine).await;
        for (question, wanted) in [("電線電纜", "1"), ("電纜", "12"), ("不銹鋼", "3"), ("國際標準", "8"), ("電缆", "12")] {
            assert_eq!(found(&server, question).await, wanted, "{question}");
        }
    }

    async fn width_and_case_do_not_matter(engine) {
        let (_database, server) = server(engine).await;
        for question in ["LED", "led", "ＬＥＤ", "ｌｅｄ", "Led照明", "ｌｅｄ照明产品"] {
            assert_eq!(found(&server, question).await, "7", "{question}");
        }
        for question in ["forced labor", "FORCED　LABOR", "ｆｏｒｃｅｄ"] {
            assert_eq!(found(&server, question).await, "6", "{question}");
        }
    }

    async fn words_of_one_two_and_more_characters_find_titles(engine) {
        let (_database, server) = server(engine).await;
        for (question, wanted) in [("缆", "12"), ("电缆", "12"), ("不锈钢", "3"), ("环境意识", "1"), ("电线电机", "2")] {
            assert_eq!(found(&server, question).await, wanted, "{question}");
        }
    }

    async fn every_word_of_a_question_must_occur(engine) {
        let (_database, server) = server(engine).await;
        for (question, wanted) in [("电缆 导则", "1"), ("导则 电缆", "1"), ("电缆 试验", "2"), ("电缆 国际", ""), ("电缆 电缆", "12")] {
            assert_eq!(found(&server, question).await, wanted, "{question}");
        }
    }

    async fn a_phrase_whose_pairs_stand_apart_is_not_found(engine) {
        let (_database, server) = server(engine).await;
        // 电缆与电线电机 has 电线, 线电 and 电缆, but not in a row.
        assert_eq!(found(&server, "电线电缆").await, "1");
        assert_eq!(found(&server, "标准与国际").await, "");
    }

    async fn numbers_are_found_by_their_beginning_in_any_spelling(engine) {
        let (_database, server) = server(engine).await;
        for (question, wanted) in [
            ("gbt99001", "1"), ("GB/T 99001", "1"), ("GB/T 99001-2020", "1"), ("gb/t99001—2020", "1"), ("ＧＢ／Ｔ９９００１", "1"),
            ("gbt9900", "12345678"), ("gb/t 99", "12345678"), ("gbt99009", ""),
        ] {
            assert_eq!(found(&server, question).await, wanted, "{question}");
        }
    }

    async fn signs_that_databases_know_are_text_here(engine) {
        let (_database, server) = server(engine).await;
        for (question, wanted) in [
            ("100%", "3"), ("含量%", ""), ("电%缆", ""), ("%", ""), ("第1部分_配电", "4"), ("电_缆", ""), ("_", ""),
            ("“领跑者”", "5"), ("领跑者", "5"), ("forced or", "6"), ("电缆 OR 国际", ""), ("电缆 AND 导则", ""),
            ("NOT 国际", ""), ("NEAR(电缆 电线)", ""), ("电缆*", ""), ("^电缆", ""), ("folded:电缆", ""), ("-电缆", ""),
            ("\"", ""), ("'", ""), ("\\", ""), ("电缆'; DROP TABLE standard; --", ""), ("(", ""), ("{电缆}", ""),
        ] {
            assert_eq!(found(&server, question).await, wanted, "{question}");
        }
        assert_eq!(found(&server, "电缆").await, "12", "everything is still there");
    }

    async fn nothing_asked_finds_nothing(engine) {
        let (_database, server) = server(engine).await;
        let long = "电缆".repeat(5_000);
        for question in ["", " ", "　", "\t\n", "\u{200b}", "😀", "…、。", long.as_str()] {
            assert_eq!(found(&server, question).await, "", "{question:?}");
        }
        assert_eq!(found(&server, "电\u{1}缆").await, "12", "what nobody sees is left out");
    }
}
