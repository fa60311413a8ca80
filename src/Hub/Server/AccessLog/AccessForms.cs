using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Staff;

namespace Vkp.Hub.AccessLog;

/// <summary>The access log as a patient gets it, and as another system reads it. Pure.</summary>
public static class AccessForms
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A table for a spreadsheet, in bokmål, Norwegian time, separated by semicolons.</summary>
    public static string Csv(AccessList list)
    {
        var csv = new StringBuilder("Tidspunkt;Hvem;Hva;Hvorfor;Hendelse;Melding;Plass i loggen\n");
        foreach (var e in list.Entries)
        {
            string[] cells = [NorwegianTime.Local(e.At).ToString("dd.MM.yyyy HH:mm:ss", CultureInfo.InvariantCulture), e.Who, e.What, e.Why ?? "", e.Event ?? "", $"{e.MessageId}", $"{e.Position}"];
            csv.AppendJoin(';', cells.Select(Cell)).Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>A Bundle of AuditEvents (FHIR R4). The patient stands in it as the name of her stream, never as a number.</summary>
    public static string Fhir(AccessList list)
    {
        var entries = new JsonArray();
        foreach (var entry in list.Entries)
        {
            var audit = AuditOf(list, entry);
            entries.Add((JsonNode)new JsonObject { ["fullUrl"] = $"urn:uuid:{audit.Id}", ["resource"] = JsonNode.Parse(FhirJson.Serialize(audit)) });
        }

        return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection", ["timestamp"] = new Instant(list.MadeAt).Text, ["entry"] = entries }.ToJsonString(Plain);
    }

    private static AuditEvent AuditOf(AccessList list, AccessEntry entry)
    {
        var (type, subtype, action) = Meaning(entry.Kind);
        var audit = new AuditEvent
        {
            Id = DeterministicId.From("audit-event", list.OrgNo, $"{entry.Position}").ToString("D"),
            Type = type,
            Subtype = [subtype],
            Action = action,
            Recorded = entry.At,
            Outcome = AuditEvent.AuditEventOutcome.Success,
            OutcomeDesc = entry.What,
            Agent =
            [
                new()
                {
                    Type = entry.IsPerson ? AuditEvents.HumanUser : AuditEvents.Application,
                    Who = new ResourceReference { Display = entry.Who },
                    Requestor = true,
                    PurposeOfUse = entry.Why is { } why ? [PurposeOf(why)] : [],
                },
            ],
            Source = new() { Site = list.OrgNo, Observer = new ResourceReference { Display = "VKP-knutepunktet" } },
            Entity =
            [
                new() { What = new ResourceReference(new Identifier("urn:x-vkp:patient-stream", list.Stream)), Type = AuditEvents.Person, Role = AuditEvents.PatientRole },
            ],
        };
        if (entry.MessageId is { } message)
            audit.Entity.Add(new() { What = new ResourceReference(new Identifier(IdentifierSystems.Uri, DeterministicId.Urn(message))), Type = AuditEvents.SystemObject, Role = AuditEvents.DomainResourceRole });
        return audit;
    }

    /// <summary>With its code, where it was given with one.</summary>
    private static CodeableConcept PurposeOf(string why) =>
        Purpose.CodeOf(why) is { } code ? new CodeableConcept { Coding = [new Coding { System = code.System, Code = code.Code, Display = code.Display }], Text = why } : new CodeableConcept { Text = why };

    private static (FhirCode Type, FhirCode Subtype, AuditEvent.AuditEventAction Action) Meaning(AccessKind kind) => kind switch
    {
        AccessKind.Received => (AuditEvents.Import, AuditEvents.Create, AuditEvent.AuditEventAction.C),
        AccessKind.Disclosed or AccessKind.Exported => (AuditEvents.Export, AuditEvents.Read, AuditEvent.AuditEventAction.R),
        AccessKind.LookedUp => (AuditEvents.Query, AuditEvents.Search, AuditEvent.AuditEventAction.E),
        AccessKind.Changed => (AuditEvents.Rest, AuditEvents.Update, AuditEvent.AuditEventAction.U),
        _ => (AuditEvents.Rest, AuditEvents.Read, AuditEvent.AuditEventAction.R),
    };

    /// <summary>What a person typed may begin like a formula; a spreadsheet must show it and not do it.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(";\"\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
