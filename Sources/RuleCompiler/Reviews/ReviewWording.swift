import Diagnostics
import TicketModel

/// Messages about `reviews`.
extension Diagnostic {
  static func badReviewCount(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      "bad-review-count", .error, "\(quoted(text.value)) is not how many tickets make a recurrence",
      at: text.place, hint: "write a whole number from 2 to 10000")
  }

  static func groupOfParts(_ name: Located<String>, _ type: FieldType) -> Diagnostic {
    Diagnostic(
      "group-of-parts", .error,
      "\(quoted(name.value)) is a \(type.name); tickets are grouped by fields of one value", at: name.place,
      hint: "name a field such as a choice or a text")
  }

  static func reviewWithoutInstant(_ id: Located<String>) -> Diagnostic {
    Diagnostic(
      "review-without-instant", .error,
      "\(quoted(id.value)) does not say when a ticket came, and there is no field 'submitted_at' of type instant",
      at: id.place, hint: "add 'at: …' with a field of type instant")
  }

  static func reviewAtNoInstant(_ name: Located<String>, _ type: FieldType) -> Diagnostic {
    Diagnostic(
      "review-at-no-instant", .error,
      "\(quoted(name.value)) is a field of type \(type.name); a review counts tickets by an instant",
      at: name.place, hint: "name a field of type instant")
  }

  static func tooManyReviewFields(_ id: Located<String>) -> Diagnostic {
    Diagnostic(
      "too-many-review-fields", .error, "\(quoted(id.value)) requires more than 64 fields", at: id.place,
      hint: "require what holds the result of the review")
  }

  static func reviewPlaceholder(_ name: String, _ id: Located<String>, at place: Place) -> Diagnostic {
    Diagnostic(
      "review-placeholder", .error,
      "\(quoted("{" + name + "}")) differs among the tickets that \(quoted(id.value)) counts", at: place,
      hint: "name 'id', a field of 'group_by', or 'field'")
  }
}
