//! The counties of Jiangsu (江苏省), in which generated enterprises have their seat.

/// A county, county-level city or district.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// Code of GB/T 2260, six digits.
    pub(super) code: &'static str,
    /// Name, such as 张家港市.
    pub(super) name: &'static str,
    /// Name of the prefecture-level city above it, such as 苏州市.
    pub(super) city: &'static str,
    /// How many enterprises it has, in proportion; made up, and roughly as industry is spread.
    pub(super) weight: u32,
}

const fn county(code: &'static str, name: &'static str, city: &'static str, weight: u32) -> Region {
    Region {
        code,
        name,
        city,
        weight,
    }
}

/// The counties as of September 2026, by code, so that those of a city stand together.
pub(super) static JIANGSU: [Region; 95] = [
    county("320102", "玄武区", "南京市", 14),
    county("320104", "秦淮区", "南京市", 8),
    county("320105", "建邺区", "南京市", 8),
    county("320106", "鼓楼区", "南京市", 14),
    county("320111", "浦口区", "南京市", 14),
    county("320113", "栖霞区", "南京市", 14),
    county("320114", "雨花台区", "南京市", 14),
    county("320115", "江宁区", "南京市", 26),
    county("320116", "六合区", "南京市", 14),
    county("320117", "溧水区", "南京市", 14),
    county("320118", "高淳区", "南京市", 14),
    county("320205", "锡山区", "无锡市", 26),
    county("320206", "惠山区", "无锡市", 26),
    county("320211", "滨湖区", "无锡市", 26),
    county("320213", "梁溪区", "无锡市", 26),
    county("320214", "新吴区", "无锡市", 26),
    county("320281", "江阴市", "无锡市", 44),
    county("320282", "宜兴市", "无锡市", 30),
    county("320302", "鼓楼区", "徐州市", 7),
    county("320303", "云龙区", "徐州市", 7),
    county("320305", "贾汪区", "徐州市", 7),
    county("320311", "泉山区", "徐州市", 7),
    county("320312", "铜山区", "徐州市", 7),
    county("320321", "丰县", "徐州市", 7),
    county("320322", "沛县", "徐州市", 7),
    county("320324", "睢宁县", "徐州市", 7),
    county("320381", "新沂市", "徐州市", 7),
    county("320382", "邳州市", "徐州市", 7),
    county("320402", "天宁区", "常州市", 18),
    county("320404", "钟楼区", "常州市", 18),
    county("320411", "新北区", "常州市", 18),
    county("320412", "武进区", "常州市", 40),
    county("320413", "金坛区", "常州市", 18),
    county("320481", "溧阳市", "常州市", 14),
    county("320505", "虎丘区", "苏州市", 34),
    county("320506", "吴中区", "苏州市", 34),
    county("320507", "相城区", "苏州市", 34),
    county("320508", "姑苏区", "苏州市", 10),
    county("320509", "吴江区", "苏州市", 34),
    county("320581", "常熟市", "苏州市", 34),
    county("320582", "张家港市", "苏州市", 40),
    county("320583", "昆山市", "苏州市", 52),
    county("320585", "太仓市", "苏州市", 34),
    county("320612", "通州区", "南通市", 16),
    county("320613", "崇川区", "南通市", 16),
    county("320614", "海门区", "南通市", 16),
    county("320623", "如东县", "南通市", 16),
    county("320681", "启东市", "南通市", 16),
    county("320682", "如皋市", "南通市", 16),
    county("320685", "海安市", "南通市", 16),
    county("320703", "连云区", "连云港市", 5),
    county("320706", "海州区", "连云港市", 5),
    county("320707", "赣榆区", "连云港市", 5),
    county("320722", "东海县", "连云港市", 5),
    county("320723", "灌云县", "连云港市", 5),
    county("320724", "灌南县", "连云港市", 5),
    county("320803", "淮安区", "淮安市", 5),
    county("320804", "淮阴区", "淮安市", 5),
    county("320812", "清江浦区", "淮安市", 5),
    county("320813", "洪泽区", "淮安市", 5),
    county("320826", "涟水县", "淮安市", 5),
    county("320830", "盱眙县", "淮安市", 5),
    county("320831", "金湖县", "淮安市", 5),
    county("320902", "亭湖区", "盐城市", 8),
    county("320903", "盐都区", "盐城市", 8),
    county("320904", "大丰区", "盐城市", 8),
    county("320921", "响水县", "盐城市", 8),
    county("320922", "滨海县", "盐城市", 8),
    county("320923", "阜宁县", "盐城市", 8),
    county("320924", "射阳县", "盐城市", 8),
    county("320925", "建湖县", "盐城市", 8),
    county("320981", "东台市", "盐城市", 8),
    county("321002", "广陵区", "扬州市", 10),
    county("321003", "邗江区", "扬州市", 10),
    county("321012", "江都区", "扬州市", 10),
    county("321023", "宝应县", "扬州市", 10),
    county("321081", "仪征市", "扬州市", 10),
    county("321084", "高邮市", "扬州市", 10),
    county("321102", "京口区", "镇江市", 11),
    county("321111", "润州区", "镇江市", 11),
    county("321112", "丹徒区", "镇江市", 11),
    county("321181", "丹阳市", "镇江市", 11),
    county("321182", "扬中市", "镇江市", 11),
    county("321183", "句容市", "镇江市", 11),
    county("321202", "海陵区", "泰州市", 10),
    county("321203", "高港区", "泰州市", 10),
    county("321204", "姜堰区", "泰州市", 10),
    county("321281", "兴化市", "泰州市", 10),
    county("321282", "靖江市", "泰州市", 10),
    county("321283", "泰兴市", "泰州市", 10),
    county("321302", "宿城区", "宿迁市", 6),
    county("321311", "宿豫区", "宿迁市", 6),
    county("321322", "沭阳县", "宿迁市", 6),
    county("321323", "泗阳县", "宿迁市", 6),
    county("321324", "泗洪县", "宿迁市", 6),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counties_stand_in_order_of_their_codes() {
        assert!(JIANGSU.is_sorted_by(|one, next| one.code < next.code));
        assert!(JIANGSU.iter().all(|region| region.weight > 0));
        let suzhou: Vec<&str> = JIANGSU
            .iter()
            .filter(|region| region.city == "苏州市")
            .map(|region| region.code)
            .collect();
        let expected = [
            "320505", "320506", "320507", "320508", "320509", "320581", "320582", "320583", "320585",
        ];
        assert_eq!(suzhou, expected);
    }
}
