using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vkp.Hub.Correcting;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp correct`: a note that stands in a journal and is wrong, incomplete, or about somebody else.</summary>
public static class CorrectCommand
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };
    private static readonly Argument<Guid> Id = new("message") { Description = "The message's id, as 'vkp trace' prints it" };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, without a person's number; it is kept beside your name", Required = true };

    public static Command Create()
    {
        var note = new Option<string>("--note") { Description = "What is added, for the reader of the journal, in bokmål", Required = true };
        return new("correct", "Correct what stands in a journal; each journal system is told as far as it has it")
        {
            Act(CorrectionOffice.EnteredInError, "Take a note back: it should not be there", request => request),
            Act(CorrectionOffice.Amend, "Add to a note", (request, parsed) => request with { Note = parsed.GetRequiredValue(note) }, note),
            Act(CorrectionOffice.WrongPatient, "Move a note to whom it is about; the right identity number is asked for, or read from standard input", request => request with { Patient = new TracePatient(null, PromptedNumber.Read()) }),
        };
    }

    private static Command Act(string act, string description, Func<CorrectionRequest, CorrectionRequest> fill) => Act(act, description, (request, _) => fill(request));

    private static Command Act(string act, string description, Func<CorrectionRequest, ParseResult, CorrectionRequest> fill, params Option[] options)
    {
        var command = new Command(act, description) { OrgNo, Id, Reason };
        foreach (var option in options) command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var request = fill(new CorrectionRequest(parsed.GetRequiredValue(OrgNo), parsed.GetRequiredValue(Id), act, parsed.GetRequiredValue(Reason)), parsed);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(JsonSerializer.Serialize(request, AdminJson.Default.CorrectionRequest), Encoding.UTF8, "application/json");
            var answer = await admin.PostAsync("admin/corrections", content, AdminJson.Default.CorrectionAnswer, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(answer, AdminJson.Default.CorrectionAnswer));
            else Print(answer);
            return 0;
        });
        return command;
    }

    private static void Print(CorrectionAnswer answer)
    {
        foreach (var told in answer.Told) Console.WriteLine($"'{told.Destination}' (var {told.Was}) {told.What}.");
        if (answer.CorrectionId is { } correction) Console.WriteLine($"Rettelsen er melding {correction}; følg den med 'vkp trace'.");
        if (answer.MovedTo is { } moved) Console.WriteLine($"Innholdet står nå på riktig pasient, som melding {moved}.");
    }
}
