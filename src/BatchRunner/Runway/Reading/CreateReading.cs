using System.Globalization;
using BatchRunner.Runway.Wire;

namespace BatchRunner.Runway.Reading;

/// <summary>
/// What an exchange about a paid task means. Only a list of answers counts as a refusal; whatever is not on it may have
/// been charged, and is lost.
/// </summary>
sealed class CreateReading(ServerWords words)
{
    public CreateAnswer Read(Exchange exchange) => exchange switch
    {
        Exchange.Unsent unsent => new CreateAnswer.Refused(RefusalKind.NotSent, unsent.Reason),
        Exchange.Answered answered => OfStatus(answered),
        Exchange.Broken { Status: >= 200 and < 300 } broken when IdOf(broken.Part) is { } id =>
            new CreateAnswer.Accepted(id, null, broken.RequestId),
        Exchange.Broken broken => new CreateAnswer.Lost(broken.Reason),
        _ => throw new NotSupportedException("no other exchange exists"),
    };

    CreateAnswer OfStatus(Exchange.Answered answered) => answered.Status switch
    {
        >= 200 and < 300 => OfSuccess(answered),
        >= 300 and < 400 => Lost(answered, "a redirect, which is not followed"),
        400 when Says(answered, "enough credits") => Refused(RefusalKind.NoCredits, answered),
        400 or 404 or 405 or 413 or 422 => Refused(RefusalKind.BadRequest, answered),
        401 or 403 => Refused(RefusalKind.KeyRefused, answered),
        429 when Says(answered, "daily task limit") => Refused(RefusalKind.DailyCap, answered),
        429 => Refused(RefusalKind.TooMany, answered),
        503 when LooseJson.Object(answered.Body).Member("error") is not null => Refused(RefusalKind.Overloaded, answered),
        _ when words.Told(answered.Body) is { } told => Lost(answered, told),
        _ => new CreateAnswer.Lost(string.Create(
            CultureInfo.InvariantCulture, $"Runway answered {answered.Status} with {ServerWords.KindOf(answered.Body)}")),
    };

    CreateAnswer OfSuccess(Exchange.Answered answered) => IdOf(answered.Body) is { } id
        ? new CreateAnswer.Accepted(
            id,
            LooseJson.Object(answered.Body).Member("estimatedCost").Member("credits").Credits(),
            answered.RequestId)
        : Lost(answered, "no task id");

    // A server that says the key back must not have it written down as the name of a task.
    TaskId? IdOf(ReadOnlyMemory<byte> body) => TaskIds.Find(body) is { } id && !words.HoldsKey(id.Value) ? id : null;

    static CreateAnswer.Lost Lost(Exchange.Answered answered, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Runway answered {answered.Status}: {what}"));

    CreateAnswer.Refused Refused(RefusalKind kind, Exchange.Answered answered) =>
        new(kind, words.ErrorOf(answered.Status, answered.Body), answered.RetryAfter);

    static bool Says(Exchange.Answered answered, string words) =>
        LooseJson.Object(answered.Body).Member("error").Text()
            ?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
