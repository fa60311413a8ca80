using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Trace;

/// <summary>Why a message is where it is, in plain words of one language.</summary>
/// <param name="Code">An error's code or a settle reason; null when nothing keeps it.</param>
/// <param name="Sentences">What became of it and what it waits for, to be read from the first to the last.</param>
/// <param name="ToDo">What somebody can do about it; null when nobody need do anything.</param>
public sealed record WhyAnswer(Guid MessageId, string Municipality, string State, string? Code, IReadOnlyList<string> Sentences, string? ToDo);

/// <summary>Tells a message's story in short: where it stands, why, and what to do. Pure; nothing is opened for it.</summary>
public static class WhyExplanation
{
    /// <param name="municipality">Its configuration now: what keeps a message back is often gone since.</param>
    public static WhyAnswer Of(TraceAnswer message, RegistryState municipality, ReportTexts texts)
    {
        var sentences = new List<string> { $"{texts.Of("state", message.State)}.", texts.Say("decision." + message.Routing.Decision, string.Join(", ", message.Routing.Destinations)) };
        if (message.Reason is { } reason) sentences.Add(texts.Say("why.because", texts.Of("reason", reason)));
        if (IsOfGate(message.Reason)) sentences.Add(texts[$"why.gate.{municipality.Policy.ServiceGate}"]);
        if (message.State == MessageStates.Held) sentences.Add(Until(message, municipality, texts));
        foreach (var delivery in message.Deliveries.Where(d => !IsOver(d.State))) sentences.AddRange(Waiting(delivery, municipality, texts));
        return new WhyAnswer(message.MessageId, message.Municipality, message.State, message.Reason, sentences, ToDo(message, texts));
    }

    private static bool IsOfGate(string? code) => code is "VKP-115" or "VKP-131" or "VKP-132" or "VKP-133";

    private static bool IsOver(string state) => state is "journaled" or "refused" or "withdrawn";

    /// <summary>How holding ends if nobody does anything.</summary>
    private static string Until(TraceAnswer message, RegistryState municipality, ReportTexts texts) => message.Lane == nameof(Adapters.Lane.Alarm)
        ? texts["why.until.person"]
        : texts.Say("why.until.clock", Adapters.Notes.NorwegianTime.DateAndTime(message.Steps[0].At + TimeSpan.FromHours(municipality.Policy.HeldHoursMax)));

    private static IEnumerable<string> Waiting(TraceDelivery delivery, RegistryState municipality, ReportTexts texts)
    {
        if (municipality.Destinations.GetValueOrDefault(delivery.Destination) is not { } destination) yield return texts.Say("why.gone", delivery.Destination);
        else if (destination.Paused) yield return texts.Say("why.paused", delivery.Destination);
        yield return texts.Say($"why.delivery.{delivery.State}", delivery.Destination);
        if (delivery.Attempts is [.., var last]) yield return texts.Say("why.last", last.Attempt, texts.Of("outcome", last.Outcome) + (last.Code is null ? "" : $" ({last.Code})"));
    }

    /// <summary>The words for the code; where there are none, those its vendor was given, which are English.</summary>
    private static string? ToDo(TraceAnswer message, ReportTexts texts)
    {
        if (message.State is not (MessageStates.Held or MessageStates.Failed or MessageStates.Rejected) || message.Reason is not { } code) return null;
        return texts.Find($"todo.{(message.State == MessageStates.Held ? code : message.State)}") ?? message.Issues.FirstOrDefault(issue => issue.Code == code)?.Hint;
    }
}
