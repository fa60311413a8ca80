using System.Net;
using Vkp.Hub.Faces;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Attacks;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Staff;

/// <summary>What takes two people takes two who have signed in, where people can; and no sign-in takes more than its share.</summary>
public sealed class SecondPersonTests(StaffHub staff) : IClassFixture<StaffHub>
{
    private const string Another = "astrid";
    private const string PlanPath = "admin/handovers";
    private static readonly string Plan = $$"""{"orgNo":"{{TestHub.OrgNo}}","from":"epj","to":"ny","adapter":"fhir-messaging","address":"https://ny.example.org/","purpose":"nytt journalsystem"}""";

    public static TheoryData<string> Routes() => [.. Operation.OfAdministration.Where(IsByPerson).Select(o => o.ToString())];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task The_machines_token_stands_for_nobody(string operation)
    {
        var target = Operation.OfAdministration.Single(o => o.ToString() == operation);

        using var answer = await staff.SendAsync(new HttpMethod(target.Method), target.Path(), $"Bearer {TestHub.AdminToken}", Plan);

        Assert.Equal((HttpStatusCode.Forbidden, "VKP-829"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
    }

    [Fact]
    public void Everything_that_approves_is_for_a_person() =>
        Assert.Equal(["POST /admin/handovers/{orgnr}/{id}/approve", "POST /admin/replays/{orgnr}/{id}/approve"], Operation.OfAdministration.Where(o => o.Template.EndsWith("/approve", StringComparison.Ordinal) && IsByPerson(o)).Select(o => o.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public async Task One_person_plans_and_another_approves_and_neither_is_the_machine()
    {
        using var granted = await staff.SendAsync(HttpMethod.Post, $"admin/staff/{TestHub.OrgNo}/grant", $"Bearer {TestHub.AdminToken}", $$"""{"subject":"{{Another}}","role":"{{StaffRoles.Name(StaffRole.Administrasjon)}}"}""");
        var (_, planned) = await staff.AskAsync(StaffHub.Actor, HttpMethod.Post, PlanPath, Plan);
        var approve = $"{PlanPath}/{TestHub.OrgNo}/{(string?)planned!["handoverId"]}/approve";

        var own = await staff.AskAsync(StaffHub.Actor, HttpMethod.Post, approve);
        using var machine = await staff.SendAsync(HttpMethod.Post, approve, $"Bearer {TestHub.AdminToken}");
        var other = await staff.AskAsync(Another, HttpMethod.Post, approve);

        Assert.Equal((409, "VKP-713"), (own.Status, (string?)own.Body!["code"]));
        Assert.Equal(HttpStatusCode.Forbidden, machine.StatusCode);
        Assert.Equal((200, StaffHub.Actor, Another), (other.Status, (string?)other.Body!["plannedBy"], (string?)other.Body["approvedBy"]));
    }

    [Fact]
    public async Task A_persons_sign_in_that_hammers_is_told_when_to_come_back_and_nobody_else_notices()
    {
        var token = $"Bearer {staff.Token(StaffHub.Watcher)}";
        const string Path = $"admin/break-glass/{TestHub.OrgNo}";

        var refused = await HammerAsync(staff.Hub.Address, Path, token, Limits.RequestsPerPersonAndSecond);
        using var another = await staff.SendAsync(HttpMethod.Get, Path, $"Bearer {staff.Token(StaffHub.Actor)}");
        using var machine = await staff.SendAsync(HttpMethod.Get, Path, $"Bearer {TestHub.AdminToken}");

        Assert.Equal("VKP-814", await AttackHub.CodeAsync(refused));
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (another.StatusCode, machine.StatusCode));
    }

    [Fact]
    public async Task The_machines_token_has_the_operators_rate_like_any_client()
    {
        await using var node = await staff.Hub.StartNodeAsync(o => o with { RequestsPerClientAndSecond = 1 });

        var refused = await HammerAsync(node.Address, $"admin/break-glass/{TestHub.OrgNo}", $"Bearer {TestHub.AdminToken}", 1);

        Assert.Equal("VKP-814", await AttackHub.CodeAsync(refused));
    }

    /// <summary>The first refusal; it comes when what may be sent at once is used up, and a bucket fills while a busy machine counts.</summary>
    private static async Task<HttpResponseMessage> HammerAsync(Uri node, string path, string authorization, int perSecond)
    {
        using var http = new HttpClient();
        for (var i = 0; i < perSecond * Limits.ClientBurstSeconds * 10; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, path));
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            var answer = await http.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(i >= perSecond * Limits.ClientBurstSeconds, $"refused after {i}");
                return answer;
            }

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
        }

        throw new Xunit.Sdk.XunitException("never refused");
    }

    private static bool IsByPerson(Operation operation) => (bool?)AdminMatrixTests.Described(operation)["x-vkp-person"] == true;
}
