/// Tickets of about 690 bytes, Chinese and English, the same for the same number.
struct SampleTicket {
  let id: String
  let json: String

  init(_ number: Int) {
    id = "T-\(number)"
    let product = ["网关", "存储", "数据库", "billing", "portal"][number % 5]
    let severity = ["critical", "high", "medium", "low"][number / 5 % 4]
    json = """
      {"id":"\(id)","title":"\(product) 服务在升级之后无法连接，请尽快处理","product":"\(product)","severity":"\(severity)",\
      "customer":"C-\(number % 9973)","region":"cn-east-\(number % 7)","created":"2026-\(Self.twoDigits(number % 12 + 1))-\
      \(Self.twoDigits(number % 28 + 1))T08:\(Self.twoDigits(number % 60)):00+08:00","status":"open","assignee":null,\
      "contact":{"channel":"phone","language":"zh"},"description":"用户报告：自昨晚维护窗口之后，\(product) 持续返回超时。\
      The client sees connection resets about every \(number % 90) seconds; restarting the agent helps for a while. \
      日志中出现 \\"handshake failed\\"，已附上抓包文件。","tags":["升级","timeout","vip-\(number % 3)"],\
      "history":[{"at":"2026-03-02T09:10:00+08:00","field":"status","from":"new","to":"open"}]}
      """
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
