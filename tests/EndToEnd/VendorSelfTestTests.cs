using System.Text;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Cli.Admin;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Hub.SelfTest;
using Vkp.Sandbox;

namespace Vkp.EndToEnd.Tests;

/// <summary>A vendor points its system at the sandbox, sends, and reads what the hub made of it.</summary>
public sealed class VendorSelfTestTests(SandboxHub sandbox) : IClassFixture<SandboxHub>
{
    private const string Vendor = "dignio-style";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Vendors => [.. VendorCatalog.All.Select(adapter => adapter.Info.Name)];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_vendor_that_has_sent_its_whole_catalogue_passes(string vendor)
    {
        var since = TimeProvider.System.GetUtcNow();
        foreach (var trigger in Trigger.All.Where(trigger => trigger.Vendor == vendor)) await SendAsync(trigger);

        var list = await ListAsync(vendor, since);

        Assert.True(list.HasPassed, string.Join('\n', list.Checks.Where(check => check.Verdict > VendorVerdict.Repaired).Select(check => $"{check.Kind} {check.Verdict}").Concat(list.Findings.Select(finding => finding.ToString()))));
        Assert.Equal(VendorCatalog.Find(vendor)!.Kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), list.Checks.Select(check => check.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_vendor_with_missing_and_bad_events_gets_a_list_of_what_to_put_right()
    {
        var since = TimeProvider.System.GetUtcNow();
        await SendAsync(Trigger.Find($"{Vendor}/alert.opened"));
        // Wrong control digits; a unit nobody knows; a device that is nobody's; the same id with other content.
        await SendAsync("measurement.recorded.pulse", payload => payload["patient"]!["nationalId"] = "13717404088");
        await SendAsync("measurement.recorded.weight", payload => payload["data"]!["values"]![0]!["unit"] = "stone");
        await SendAsync("photo.uploaded", payload => payload["data"]!["device"] = new JsonObject { ["serial"] = "SN-9999" });
        var used = Guid.CreateVersion7();
        await SendAsync("plan.published", _ => { }, used);
        await SendAsync("plan.published", payload => payload["sequence"] = 1, used);

        var list = await ListAsync(Vendor, since, "alert.opened,measurement.recorded,photo.uploaded,plan.published,task.missed");

        Assert.False(list.HasPassed);
        Assert.Equal(
            [("alert.opened", VendorVerdict.Passed), ("measurement.recorded", VendorVerdict.Wrong), ("photo.uploaded", VendorVerdict.Waiting), ("plan.published", VendorVerdict.Wrong), ("task.missed", VendorVerdict.Missing)],
            list.Checks.Select(check => (check.Kind, check.Verdict)));
        Assert.Equal(
            [("VKP-110", null, "2 Invalid"), ("VKP-110", "plan.published", "2 Invalid"), ("VKP-113", "photo.uploaded", "2.4 InvalidFormat"), ("VKP-269", null, "2.1 InvalidSsn"), ("VKP-286", "measurement.recorded", "2.4 InvalidFormat")],
            list.Findings.Select(finding => (finding.Code, finding.Kind, finding.VkpCode)).Order());
        Assert.Equal(2, list.Refused);
        Assert.DoesNotContain("13717404088", list.ToString() + string.Join("", list.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checklist_is_printed_in_bokmal_with_English_beside_it_and_ends_with_a_verdict()
    {
        var since = TimeProvider.System.GetUtcNow();
        await SendAsync("measurement.recorded.pulse", payload => payload["patient"]!["nationalId"] = " 13717404089");
        await SendAsync("task.missed", payload => payload.Remove("occurredAt"));

        var (exitCode, text) = await sandbox.RunAsync("selftest", "vendor", Vendor, "--since", since.ToString("O"), "--expect", "measurement.recorded,task.missed");

        Assert.Equal(2, exitCode);
        Assert.Contains("rettet          measurement.recorded", text, StringComparison.Ordinal);
        Assert.Contains("MANGLER         task.missed                Ikke mottatt. Send en slik hendelse. (Not seen. Send one such event.)", text, StringComparison.Ordinal);
        Assert.Contains("VKP-261  $.occurredAt  VKP 2.4 InvalidFormat  x1", text, StringComparison.Ordinal);
        Assert.Contains("Et obligatorisk felt mangler.", text, StringComparison.Ordinal);
        Assert.Contains("IKKE BESTÅTT (not passed): 1 mangler, 0 feil, 0 venter, 1 avvist.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_anything_is_sent_it_says_where_to_send_and_a_refused_token_is_seen()
    {
        var since = TimeProvider.System.GetUtcNow();
        using var http = new HttpClient();
        using var refused = await http.PostAsync(new Uri(sandbox.Hub.Running.Hub, "vendors/scaip/events"), new StringContent("<mrq/>"), Ct);

        var (exitCode, text) = await sandbox.RunAsync("selftest", "vendor", "scaip", "--since", since.ToString("O"));
        var (unknown, notAFormat) = await sandbox.RunAsync("selftest", "vendor", "nobody-style");

        Assert.Equal(2, exitCode);
        Assert.Contains("vendors/scaip/events med token fra 'vkp token --client scaip-demo'", text, StringComparison.Ordinal);
        Assert.Contains("VKP-801", text, StringComparison.Ordinal);
        Assert.Equal(66, unknown);
        Assert.StartsWith("VKP-105", notAFormat, StringComparison.Ordinal);
    }

    private async Task SendAsync(Trigger trigger)
    {
        var body = trigger.Create(new DispenserSite("888134574"), SyntheticPeople.All[0], TimeProvider.System.GetUtcNow(), Guid.CreateVersion7(), alerts: null, series: null);
        await SendCommand.PostAsync(sandbox.Directory, trigger.Name, DemoClient.OfVendor(trigger.Vendor), body, Ct);
    }

    /// <summary>A sample that was fresh and right, after a change.</summary>
    private async Task SendAsync(string sample, Action<JsonObject> change, Guid? id = null)
    {
        var payload = JsonNode.Parse(FreshSample.Of(SampleEvents.Find(Vendor, sample)!, TimeProvider.System.GetUtcNow(), id ?? Guid.CreateVersion7()).Span)!.AsObject();
        change(payload);
        await SendCommand.PostAsync(sandbox.Directory, sample, DemoClient.OfVendor(Vendor), Encoding.UTF8.GetBytes(payload.ToJsonString()), Ct);
    }

    private async Task<VendorChecklist> ListAsync(string vendor, DateTimeOffset since, string expect = "")
    {
        using var admin = AdminClient.Connect(sandbox.Directory);
        var path = $"admin/selftest/vendors/{vendor}?since={Uri.EscapeDataString(since.ToString("O"))}{(expect.Length > 0 ? $"&expect={expect}" : "")}";
        return Assert.Single(await admin.GetAsync(path, AdminJson.Default.IReadOnlyListVendorChecklist, Ct));
    }
}
