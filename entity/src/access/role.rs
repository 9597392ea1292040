//! Roles, and what each allows.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 角色. A token names one: 等保 (GB/T 22239) keeps the three administrators apart, so nobody is two of them at once.
    Role {
        /// 公众: no token.
        Public = "PUBLIC",
        /// 企业: its own records beside the public ones.
        Enterprise = "ENTERPRISE",
        /// 检验检测机构: the tasks that were given to it.
        Institution = "INSTITUTION",
        /// 市场监管工作人员 of a district (分局, county, city, province).
        Staff = "STAFF",
        /// 汇总: counts of a district, and no rows.
        Aggregator = "AGGREGATOR",
        /// 信用系统: the change feed of agreed kinds and of a district.
        CreditClient = "CREDIT_CLIENT",
        /// 上级枢纽: the hub of the bureau above, which takes in what lies in a district, with the claims behind it (R68).
        Hub = "HUB",
        /// 审计员: reads everything, the audit trail included, and changes nothing.
        Auditor = "AUDITOR",
        /// 系统管理员: how the hub runs.
        SystemAdmin = "SYSTEM_ADMIN",
        /// 安全管理员: who may do what.
        SecurityAdmin = "SECURITY_ADMIN",
        /// 审计管理员: the audit trail, and nothing else that is not public.
        AuditAdmin = "AUDIT_ADMIN",
    }
}

vocabulary! {
    /// 权限: what a role allows beyond seeing rows, in the order in which it is told.
    Permission {
        /// Rows of lists and single records; without it only counts.
        ReadRows = "READ_ROWS",
        /// Declare standards of the own enterprise (R69).
        Declare = "DECLARE",
        /// Annotate declarations of the own district (R80), and send annotations in.
        Annotate = "ANNOTATE",
        /// Review what somebody else sent in, and authorise what somebody else reviewed.
        Authorise = "AUTHORISE",
        /// The audit trail.
        ReadAudit = "READ_AUDIT",
        /// The claims of sources behind records, word for word (R68).
        ReadClaims = "READ_CLAIMS",
    }
}

impl Role {
    /// Whether the role allows something.
    pub fn allows(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// Everything that the role allows, in the order of [`Permission`].
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::{Annotate, Authorise, Declare, ReadAudit, ReadClaims, ReadRows};
        match self {
            Self::Public
            | Self::Institution
            | Self::CreditClient
            | Self::SystemAdmin
            | Self::SecurityAdmin => &[ReadRows],
            Self::Enterprise => &[ReadRows, Declare],
            Self::Staff => &[ReadRows, Annotate, Authorise],
            Self::Aggregator => &[],
            Self::Hub => &[ReadRows, ReadClaims],
            Self::Auditor | Self::AuditAdmin => &[ReadRows, ReadAudit],
        }
    }
}
