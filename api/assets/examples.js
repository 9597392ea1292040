// The tabs that the query page opens with. The name of an operation is the title of its tab.

export const examples = [
  {
    query: `
# 一项标准：状态及其理由、代替关系、每个值的出处。
# 编号怎样写都可以：小写、全角、无空格、破折号。
# One standard: its status and why, what it replaces,
# and where every value comes from. Write the number as you
# like: lower case, full width, without blanks, with a dash.
query Standard($number: String!) {
  standard(number: $number) {
    name
    number
    kind
    nature
    status
    statusReason { rule because }
    issuedOn
    effectiveOn
    replaces { number standard { name } }
    replacedBy { number }
    icsCodes
    ccsCodes
    issuingBodies
    provenance { source file row readAt adapterVersion }
    conflicts { field values { value source } }
    flags
  }
}
`,
    variables: { number: "ga 420—2021" },
  },
  {
    query: `
# 标准查新：贴入任意文字，逐条给出所引标准的状态与替代标准。
# Citation check: paste any text, and get the status and the
# successor of every standard that is cited in it.
query CheckCitations {
  checkCitations(text: """
    本产品执行ＧＢ／Ｔ ４７５４－２０１７ 和 ga 420—2008，
    电缆导体按 GBT3956-1997，燃油消耗按GB/T29004—2021；
    地方要求见 DB32T 4000-2021，起草按 GB/T 1.1。
  """) {
    raw
    number
    status
    statusReason { because }
    replacedBy { number }
    standard { id }
  }
}
`,
  },
  {
    query: `
# 企业页：名称沿革、自我声明及其版本、产品、机器可查的问题。
# 县级演示数据为生成的虚构企业。
# The page of an enterprise: its names, declarations with their
# versions, products, and what a machine finds to be wrong. The
# county of the demonstration is generated: nobody in it exists.
query EnterprisePage($creditCode: String!) {
  enterprise(creditCode: $creditCode) {
    name
    creditCode
    formerNames { name until }
    status
    region { code name }
    declarations(first: 3) {
      totalCount
      nodes {
        standardNumber
        standardName
        status
        declaredOn
        versions { version changeKind validFrom validUntil }
        indicators { name requirement unit testMethod category }
        findings { rule severity message }
      }
    }
    products(first: 3) {
      totalCount
      nodes { name brand model gtin }
    }
    findings { rule severity basis message declaration { standardNumber } }
  }
}
`,
    variables: { creditCode: "91000000069338827M" },
  },
  {
    query: `
# 标准页：哪些企业声明执行该标准，其产品为何。
# The page of a standard: who declares it, and for which products.
query StandardDeclarers($number: String!) {
  standard(number: $number) {
    number
    name
    status
    statusReason { because }
    declarations(first: 5) {
      totalCount
      nodes {
        declaredOn
        status
        enterprise { name creditCode region { name } }
        products(first: 2) { nodes { name model } }
        findings { rule message }
      }
    }
  }
}
`,
    variables: { number: "GB/T 21609-2008" },
  },
  {
    query: `
# 产品页：一家企业的产品，生产之日与今日声明执行且有效的标准（R75）。
# Products of an enterprise, and what they were held to on the day
# on which they were made, and are today (R75).
query Products($creditCode: String!, $on: Date!) {
  enterprise(creditCode: $creditCode) {
    products(first: 5) {
      totalCount
      nodes {
        name
        brand
        model
        gtin
        madeThen: standardsInForce(on: $on) { standard { number name } reason version }
        madeToday: standardsInForce { standard { number name } reason version }
        declarations(first: 3) { nodes { standardNumber status versions { version changeKind validFrom validUntil knownFrom } } }
      }
    }
  }
}
`,
    variables: { creditCode: "91000000069338827M", on: "2024-06-30" },
  },
  {
    query: `
# 检索：标准、行政区划、标准计划一次查到，简体、繁体均可。
# Search: standards, regions and plans in one list,
# in simplified or traditional characters.
query Search($text: String!) {
  search(text: $text, first: 10) {
    totalCount
    nodes {
      __typename
      ... on Standard { number name }
      ... on Region { code name }
      ... on StandardProject { planNumber name }
    }
  }
}
`,
    variables: { text: "电缆" },
  },
  {
    query: `
# 行政区划：上级（某日）、园区、历史名称。
# 保税区没有 GB/T 2260 代码，是张家港市的下级区域。
# A region: what it belonged to on a day, its zones, its names.
# The bonded zone has no code in GB/T 2260: it is a sub-region.
query Region($code: String!, $on: Date) {
  region(code: $code) {
    code
    name
    level
    ancestors(on: $on) { code name }
    zones { code name }
    names { name validFrom validUntil }
  }
}
`,
    variables: { code: "320582", on: "2021-03-01" },
  },
  {
    query: `
# 最新实施的电线电缆国家标准（ICS 29.060）。
# 翻页：把 endCursor 填入变量 after。
# National standards for wires and cables (ICS 29.060), latest
# first. For the next page put endCursor into the variable.
query LatestStandards($after: String) {
  standards(
    filter: { kind: NATIONAL, icsCode: { startsWith: "29.060" } }
    orderBy: { field: EFFECTIVE_ON, direction: DESC }
    first: 10
    after: $after
  ) {
    totalCount
    nodes {
      number
      name
      status
      effectiveOn
      replaces { number }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: { after: null },
  },
  {
    query: `
# 数据接入：每次读入的结果，以及未能接收的行、原因和处理办法。
# Ingestion: what every run did, and the rows that could not
# be taken, why, and what helps.
# read = created + updated + unchanged + quarantined
query RunsAndQuarantine {
  ingestionRuns(first: 5) {
    nodes {
      id
      source
      file
      asOf
      state
      reason
      read
      created
      updated
      unchanged
      quarantined
      startedAt
      finishedAt
    }
  }
  quarantine(first: 10) {
    totalCount
    nodes { source file row line field code message remedy raw state }
  }
}
`,
  },
  {
    query: `
# 订阅：数据每次更新，推送变更日志的最新位置。再点一次停止。
# Subscription: the newest position of the change feed,
# after every write. Press again to stop.
subscription Head {
  head { epoch position }
}
`,
  },
];
