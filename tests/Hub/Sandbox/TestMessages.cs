using System.Text.Json.Nodes;
using Vkp.Fhir.Codes;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>FHIR messages as a sender writes them, by hand.</summary>
internal static class TestMessages
{
    public static readonly SyntheticPerson Patient = SyntheticPeople.All[0];

    public static string Id(int number) => $"00000000-0000-4000-8000-{number:000000000000}";

    /// <summary>A message with one detected issue and its note.</summary>
    /// <param name="header">Number of the MessageHeader.id.</param>
    /// <param name="bundle">Number of the Bundle.id.</param>
    public static JsonObject Alert(int header, int bundle, string text = "Dose ikke tatt.", string kind = "alert.closed", SyntheticPerson? patient = null)
    {
        var issue = $"urn:uuid:{Id((header * 1000) + 1)}";
        var note = $"urn:uuid:{Id((header * 1000) + 2)}";
        var subject = new JsonObject
        {
            ["identifier"] = new JsonObject { ["system"] = IdentifierSystems.Fodselsnummer, ["value"] = (patient ?? Patient).NationalId },
        };
        return new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["id"] = Id(bundle),
            ["type"] = "message",
            ["timestamp"] = "2026-05-11T12:00:00Z",
            ["entry"] = new JsonArray(
                Entry($"urn:uuid:{Id(header)}", new JsonObject
                {
                    ["resourceType"] = "MessageHeader",
                    ["id"] = Id(header),
                    ["eventCoding"] = new JsonObject { ["system"] = "urn:test", ["code"] = kind },
                    ["source"] = new JsonObject { ["endpoint"] = "urn:test:hub" },
                    ["focus"] = new JsonArray(new JsonObject { ["reference"] = note }),
                }),
                Entry(note, new JsonObject
                {
                    ["resourceType"] = "Composition",
                    ["title"] = "Journalnotat for respons på hendelse",
                    ["subject"] = subject.DeepClone(),
                    ["section"] = new JsonArray(new JsonObject
                    {
                        ["text"] = new JsonObject { ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{text}</p></div>" },
                        ["entry"] = new JsonArray(new JsonObject { ["reference"] = issue }),
                    }),
                }),
                Entry(issue, new JsonObject
                {
                    ["resourceType"] = "DetectedIssue",
                    ["code"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["code"] = "1.1", ["display"] = "Ikke utlevert" }) },
                    ["patient"] = subject.DeepClone(),
                    ["identifiedDateTime"] = "2026-05-11T09:30:00+02:00",
                })),
        };
    }

    private static JsonObject Entry(string fullUrl, JsonObject resource) => new() { ["fullUrl"] = fullUrl, ["resource"] = resource };
}
