using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Notes;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>What an alert says, opened or closed: its cause, its colour, and what it is about.</summary>
internal sealed record AlertReport(
    string AlertId, AlertCause? Cause, Colour? Colour, DateTimeOffset OpenedAt, IReadOnlyList<Measurement> Measurements, AnsweredForm? Questionnaire, MissedTask? Missed, DateTimeOffset? InactiveSince)
{
    public static AlertReport Read(VendorEvent source)
    {
        var data = source.Data;
        var cause = data.Choice("cause", AlertCause.ByName);
        var needs = cause?.Names ?? CauseNeeds.Nothing;
        var openedAt = data.TimeOrNull("openedAt") ?? source.OccurredAt;
        return new AlertReport(
            data.Text("alertId", charactersMax: 64),
            cause,
            data.ChoiceOrDefault("colour", Colour.ByName, absent: null),
            openedAt,
            [.. data.Objects("measurements", itemsMax: 50, required: needs == CauseNeeds.Measurements).Select(measurement => Measurement.Read(source, measurement, judge: false))],
            needs == CauseNeeds.Questionnaire && data.Object("questionnaire") is { } questionnaire ? AnsweredForm.Read(questionnaire, openedAt) : null,
            needs == CauseNeeds.MissedTask && data.Object("missed") is { } missed ? MissedTask.Read(missed) : null,
            data.TimeOrNull("inactiveSince"));
    }

    public IReadOnlyList<Resource> About(VendorEvent source) =>
        [.. Measurements.SelectMany(measurement => Observations.Of(source, measurement)), .. Questionnaire?.Resources(source) ?? []];

    /// <summary>The measurements and answers it tells of: a correction of one of them is a correction of what it says.</summary>
    public IReadOnlyList<string> AboutIds => [.. Measurements.Select(measurement => measurement.AboutId), .. Questionnaire is { } answers ? [answers.AboutId] : Array.Empty<string>()];

    /// <summary>The alert itself, under the same id when it is opened and when it is closed.</summary>
    public DetectedIssue Issue(VendorEvent source, IReadOnlyList<Resource> about)
    {
        var issue = Alerts.Alert(source, IdOf(source, AlertId), Cause!.Code, Colour?.Severity, new ResourceReference { Display = "Digital hjemmeoppfølging" }, Detail());
        issue.Identified = new FhirDateTime(OpenedAt);
        foreach (var resource in about)
            issue.Implicated.Add(new ResourceReference($"urn:uuid:{resource.Id}"));
        if (Missed is { } missed)
            issue.Implicated.Add(new ResourceReference { Display = missed.Text });
        return issue;
    }

    public static Guid IdOf(VendorEvent source, string alertId) => source.SharedId("alert", alertId);

    /// <summary>The colour's word first, as the national guide has it.</summary>
    private string? Detail()
    {
        var sentences = new[]
        {
            Colour?.Word,
            Missed is { } missed ? $"{missed.Text}, frist {NorwegianTime.DateAndTime(missed.DueAt)}" : null,
            InactiveSince is { } since ? $"Inaktiv pasient siden {NorwegianTime.DateAndTime(since)}" : null,
        };
        return string.Join(". ", sentences.OfType<string>());
    }
}

/// <summary>A task the patient did not do in time.</summary>
/// <param name="Text">What was missed: the measurement in bokmål, or the form's title.</param>
internal sealed record MissedTask(string Text, DateTimeOffset DueAt)
{
    public static MissedTask Read(JsonFields task)
    {
        var kind = task.TextOrNull("kind", charactersMax: 64);
        var text = kind is not null && MeasureKinds.ByName.TryGetValue(kind, out var kinds) ? kinds[0].Text : task.TextOrNull("title", charactersMax: 200) ?? kind;
        if (text is null)
            task.Text("title");
        return new MissedTask(text ?? string.Empty, task.Time("dueAt"));
    }
}
