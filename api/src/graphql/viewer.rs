//! Who asks.

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::value::{RegionCode, SocialCreditCode};

use super::context::ContextExt;
use super::error::ApiError;
use super::scalar::DateTime;

/// 角色。
///
/// A role. A token names one; without a token everybody is the public.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::access::Role")]
pub(crate) enum Role {
    /// 公众：未出示令牌。
    ///
    /// Everybody without a token.
    Public,
    /// 企业：公开数据以及本企业的数据。
    ///
    /// An enterprise: what is public, and its own records.
    Enterprise,
    /// 检验检测机构：公开数据以及交办给它的任务。
    ///
    /// A testing institution: what is public, and the tasks that were given to it.
    Institution,
    /// 市场监管工作人员：本辖区。
    ///
    /// Staff of a bureau: its district.
    Staff,
    /// 汇总：本辖区的数量，不含记录本身。
    ///
    /// Counts of a district, and no rows.
    Aggregator,
    /// 信用系统：约定类别与区域的变更日志。
    ///
    /// A credit system: the change feed of agreed kinds and of a district.
    CreditClient,
    /// 上级枢纽：本辖区的记录及各来源的陈述（R68）。
    ///
    /// The hub of the bureau above: what lies in a district, with the claims of sources behind it (R68).
    Hub,
    /// 审计员：可读全部数据与审计日志，不得改动。
    ///
    /// An auditor: reads everything, the audit trail included, and changes nothing.
    Auditor,
    /// 系统管理员（等保三权分立）。
    ///
    /// Runs the hub; one of the three administrators that are kept apart (GB/T 22239).
    SystemAdmin,
    /// 安全管理员（等保三权分立）。
    ///
    /// Decides who may do what.
    SecurityAdmin,
    /// 审计管理员（等保三权分立）。
    ///
    /// Keeps the audit trail.
    AuditAdmin,
}

/// 权限。
///
/// What a role allows beyond seeing what is public.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::access::Permission")]
pub(crate) enum Permission {
    /// 读取记录；没有此权限只能查数量。
    ///
    /// Rows of lists and single records; without it only counts.
    ReadRows,
    /// 为本企业声明（R69）。
    ///
    /// Declare standards of the own enterprise (R69).
    Declare,
    /// 批注本辖区的声明（R80）。
    ///
    /// Annotate declarations of the own district (R80).
    Annotate,
    /// 审核、批准他人报送的信息。
    ///
    /// Review and authorise what somebody else sent in.
    Authorise,
    /// 读取审计日志。
    ///
    /// Read the audit trail.
    ReadAudit,
    /// 读取各来源的陈述（R68）。
    ///
    /// Read what sources said of records, word for word (R68).
    ReadClaims,
}

/// 当前读者：由令牌得知。
///
/// Who asks, as the token says.
#[derive(SimpleObject)]
pub(crate) struct Viewer {
    /// 角色。
    ///
    /// The role.
    role: Role,
    /// 辖区的区划代码（GB/T 2260）。
    ///
    /// The code of the district (GB/T 2260).
    region: Option<String>,
    /// 科室或分局。
    ///
    /// The office within the bureau.
    office: Option<String>,
    /// 本企业的统一社会信用代码（GB 32100）。
    ///
    /// The credit code of the own enterprise (GB 32100).
    enterprise: Option<String>,
    /// 本机构的资质认定证书编号（CMA）。
    ///
    /// The CMA number of the own institution.
    institution: Option<String>,
    /// 权限，至多 20 项。
    ///
    /// What the role allows, 20 at most.
    permissions: Vec<Permission>,
    /// 令牌失效的时刻；没有令牌时为空。
    ///
    /// When the token ends; null without one.
    expires_at: Option<DateTime>,
}

#[derive(Default)]
pub(crate) struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// 当前读者及其权限。
    ///
    /// Who asks, and what that allows.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>, ApiError> {
        let identity = ctx.identity()?;
        Ok(Some(Viewer {
            role: identity.role.into(),
            region: identity
                .region
                .as_ref()
                .map(RegionCode::as_str)
                .map(str::to_owned),
            office: identity.office.clone(),
            enterprise: identity
                .enterprise
                .as_ref()
                .map(SocialCreditCode::as_str)
                .map(str::to_owned),
            institution: identity.institution.clone(),
            permissions: identity
                .role
                .permissions()
                .iter()
                .map(|one| (*one).into())
                .collect(),
            expires_at: identity.expires_at.map(DateTime),
        }))
    }
}
