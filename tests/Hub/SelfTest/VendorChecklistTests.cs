using System.Text.RegularExpressions;
using Vkp.Adapters;
using Vkp.Hub.Projections;
using Vkp.Hub.SelfTest;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.SelfTest;

/// <summary>What the hub says of a vendor's test, from what was seen alone.</summary>
public sealed partial class VendorChecklistTests
{
    private static readonly VkpError Repair = new("VKP-293", ErrorCategory.Incorrect, "Space was removed.", "Send it without.", "$.patient.nationalId");
    private static readonly VkpError UnknownUnit = new("VKP-286", ErrorCategory.Incorrect, "The unit is unknown.", "Send a known one.", "$.data.values[0].unit");
    private static readonly VkpError UnknownDevice = new("VKP-113", ErrorCategory.Incorrect, "The device is nobody's.", "Assign it.");

    [Fact]
    public void What_was_not_seen_is_missing_and_what_was_not_expected_is_shown_too()
    {
        var (checks, findings) = VendorChecklist.Judge(["a", "b"], [Message("b"), Message("c")], []);

        Assert.Equal([("a", VendorVerdict.Missing), ("b", VendorVerdict.Passed), ("c", VendorVerdict.Passed)], checks.Select(check => (check.Kind, check.Verdict)));
        Assert.Empty(findings);
    }

    [Fact]
    public void The_worst_that_was_seen_of_a_kind_is_its_verdict()
    {
        var (checks, _) = VendorChecklist.Judge(["a", "b", "c"],
        [
            Message("a"), Message("a", issues: Repair),
            Message("b", issues: Repair), Message("b", MessageStates.Held, UnknownDevice),
            Message("c", MessageStates.Held, UnknownDevice), Message("c", MessageStates.Rejected, UnknownUnit),
        ], []);

        Assert.Equal([VendorVerdict.Repaired, VendorVerdict.Waiting, VendorVerdict.Wrong], checks.Select(check => check.Verdict));
        Assert.Equal("2 mottatt, 1 kan ikke brukes slik de er.", checks[2].What.Nb);
    }

    [Fact]
    public void The_same_fault_of_many_messages_and_items_is_one_finding_with_its_count()
    {
        var (_, findings) = VendorChecklist.Judge(["a"],
            [Message("a", MessageStates.Held, UnknownUnit), Message("a", MessageStates.Held, UnknownUnit with { Path = "$.data.values[7].unit" })],
            [new Refusal(DateTimeOffset.UnixEpoch, 400, [UnknownUnit])]);

        Assert.Equal([(null, 1), ("a", 2)], findings.Select(finding => (finding.Kind, finding.Count)).Order());
        Assert.All(findings, finding => Assert.Equal(("$.data.values[].unit", "2.4 InvalidFormat"), (finding.Path, finding.VkpCode)));
        Assert.Equal("Ukjent måleenhet for denne målingen.", findings[0].What.Nb);
        Assert.Equal("The unit is unknown.", findings[0].What.En);
    }

    [Fact]
    public void A_refusal_is_enough_not_to_pass()
    {
        var list = new VendorChecklist("v", "m", "c", default, default, 1, 1, IsCut: false, VendorChecklist.Judge(["a"], [Message("a")], []).Checks, [], []);

        Assert.False(list.HasPassed);
        Assert.True((list with { Refused = 0 }).HasPassed);
    }

    [Fact]
    public void What_the_journal_system_refused_is_told_with_its_code()
    {
        var (checks, findings) = VendorChecklist.Judge(["a"], [Message("a", MessageStates.Failed) with { Reason = "VKP-511" }], []);

        Assert.Equal(VendorVerdict.Waiting, checks[0].Verdict);
        Assert.Equal("VKP-511", Assert.Single(findings).Code);
    }

    /// <summary>The two languages of an error stand in two files; a new error without bokmål shows here.</summary>
    [Fact]
    public void Every_error_a_vendor_can_meet_has_words_in_bokmal()
    {
        // Met by those who read and administrate only.
        string[] ofOthers = ["VKP-120", "VKP-121", "VKP-123", "VKP-127", "VKP-128", "VKP-129"];
        var sources = File.ReadAllText(Repository.PathOf("src", "Hub", "Server", "Errors.cs")) + File.ReadAllText(Repository.PathOf("src", "Adapters", "Errors", "TranslationErrors.cs"));
        var codes = Code().Matches(sources).Select(match => match.Value).Where(code => code[4] is '1' or '2').Concat(["VKP-814", "VKP-815", "VKP-816", "VKP-817", "VKP-818", "VKP-819"]).Distinct();

        Assert.Empty(codes.Except(ofOthers, StringComparer.Ordinal).Except(VendorAdvice.Codes, StringComparer.Ordinal));
    }

    private static SeenMessage Message(string kind, string state = MessageStates.Registered, params VkpError[] issues) =>
        new(Guid.Empty, kind, state, issues.Length > 0 ? issues[0].Code : null, issues);

    [GeneratedRegex("VKP-[0-9]{3}", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
