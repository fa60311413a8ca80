using System.Text.Json.Nodes;
using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Escalation;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Staff;

/// <summary>What people with roles can do in a hub that runs, and what is known of it afterwards.</summary>
public sealed class StaffTests(StaffHub staff) : IClassFixture<StaffHub>
{
    private const string Purpose = "behandling: fall i natt";
    private const string StaffPath = $"admin/staff/{TestHub.OrgNo}";
    private const string GlassPath = $"admin/break-glass/{TestHub.OrgNo}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_given_and_taken_at_once_and_the_log_says_by_whom()
    {
        const string Berit = StaffHub.Granter;
        const string Grant = """{"subject":"tone","role":"overvaking"}""";

        Assert.Equal(403, (await staff.AskAsync("tone", HttpMethod.Get, $"admin/config/{TestHub.OrgNo}")).Status);
        Assert.Equal(200, (await staff.AskAsync(Berit, HttpMethod.Post, $"{StaffPath}/grant", Grant)).Status);
        Assert.Equal(200, (await staff.AskAsync("tone", HttpMethod.Get, $"admin/config/{TestHub.OrgNo}")).Status);
        Assert.Equal(200, (await staff.AskAsync(Berit, HttpMethod.Post, $"{StaffPath}/revoke", Grant)).Status);
        Assert.Equal(403, (await staff.AskAsync("tone", HttpMethod.Get, $"admin/config/{TestHub.OrgNo}")).Status);
        Assert.Equal("VKP-822", await CodeAsync(Berit, $"{StaffPath}/grant", $$"""{"subject":"{{Berit}}","role":"administrasjon"}"""));
        Assert.Equal("VKP-822", await CodeAsync(Berit, $"{StaffPath}/revoke", $$"""{"subject":"{{Berit}}","role":"brukeradmin"}"""));
        Assert.Equal("VKP-109", await CodeAsync(Berit, $"{StaffPath}/grant", """{"subject":"tone","role":"9"}"""));

        var history = (await staff.AskAsync(Berit, HttpMethod.Get, StaffPath)).Body!["history"]!.AsArray();
        Assert.Equal(
            [$"+ role overvåkning for tone ({staff.Issuer}), by {Berit}", $"- role overvåkning for tone ({staff.Issuer}), by {Berit}"],
            history.Select(change => $"{(string?)change!["change"]}, by {(string?)change["author"]}").Where(line => line.Contains("tone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_person_does_is_told_under_the_subject_whatever_name_the_request_gives()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(staff.Hub.Address, $"admin/destinations/{TestHub.OrgNo}/epj/resume"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {staff.Token(StaffHub.Actor)}");
        request.Headers.Add("X-Vkp-Author", "somebody else");
        using var answer = await staff.Hub.Http.SendAsync(request, Ct);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        await using var database = NpgsqlDataSource.Create(Database.AppConnectionString(staff.Hub.Database.ConnectionString, staff.Hub.Database.Schema));
        await using var store = new EventLog(database);
        var resumed = await store.ReadLogAsync(int.Parse(TestHub.OrgNo), 0, 10, new LogFilter(Types: [nameof(DestinationResumed)]), Ct);
        Assert.Equal([StaffHub.Actor], resumed.Select(recorded => EventMetadata.Parse(recorded.Metadata).Author));
    }

    [Fact]
    public async Task Content_is_opened_by_a_role_and_a_purpose_together_and_the_patient_is_told_who_and_why()
    {
        var id = await MessageAsync(person: 0);

        Assert.False((bool)(await TraceAsync(StaffHub.Actor, id, null)).Body!["messages"]![0]!["isOpened"]!);
        Assert.False((bool)(await TraceAsync(StaffHub.Watcher, id, null)).Body!["messages"]![0]!["isOpened"]!);
        Assert.Equal((403, "VKP-820"), CodeOf(await TraceAsync(StaffHub.Watcher, id, Purpose)));
        Assert.Equal((400, "VKP-821"), CodeOf(await TraceAsync(StaffHub.Actor, id, "fordi")));
        // A purpose in the question itself is the machine's way; a person's stands in the header, coded.
        var inBody = await staff.AskAsync(StaffHub.Actor, HttpMethod.Post, "admin/trace", $$"""{"orgNo":"{{TestHub.OrgNo}}","id":"{{id}}","purpose":"fordi"}""");
        Assert.False((bool)inBody.Body!["messages"]![0]!["isOpened"]!);
        Assert.Equal((400, "VKP-701"), CodeOf(await staff.AskAsync(StaffHub.Actor, HttpMethod.Get, $"admin/retranslation/{TestHub.OrgNo}/{id}?purpose=fordi")));

        var opened = await TraceAsync(StaffHub.Actor, id, Purpose);

        Assert.True((bool)opened.Body!["messages"]![0]!["isOpened"]!);
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, opened.Body.ToJsonString(), StringComparison.Ordinal);
        var question = $$"""{"patient":{"value":"{{SyntheticPeople.All[0].NationalId}}" },"orgNo":"{{TestHub.OrgNo}}"}""";
        Assert.Equal((400, "VKP-701"), CodeOf(await staff.AskAsync(StaffHub.Actor, HttpMethod.Post, "admin/access", question)));
        var told = (await staff.AskAsync(StaffHub.Actor, HttpMethod.Post, "admin/access?as=fhir", question, "innsyn: på forespørsel")).Body!;
        var looks = told["entry"]!.AsArray().Select(entry => entry!["resource"]!["agent"]![0]!).Where(agent => (string?)agent["who"]!["display"] == StaffHub.Actor)
            .Select(agent => ((string?)agent["purposeOfUse"]![0]!["coding"]![0]!["code"], (string?)agent["purposeOfUse"]![0]!["text"]));
        Assert.Equal([("TREAT", Purpose), ("PATRQT", "innsyn: på forespørsel")], looks);
    }

    [Fact]
    public async Task A_broken_glass_opens_for_a_while_calls_for_a_review_and_ends_by_the_databases_clock()
    {
        var id = await MessageAsync(person: 1);
        Assert.Equal("VKP-109", await CodeAsync(StaffHub.Watcher, GlassPath, """{"reason":"Alarm uten navn","minutes":61}"""));
        Assert.Equal("VKP-109", await CodeAsync(StaffHub.Watcher, GlassPath, """{"reason":"x"}"""));
        Assert.Equal("VKP-820", await CodeAsync(StaffHub.Elsewhere, GlassPath, """{"reason":"Alarm uten navn"}"""));

        var access = (string?)(await staff.AskAsync(StaffHub.Watcher, HttpMethod.Post, GlassPath, """{"reason":"Alarm uten navn, hun svarer ikke"}""")).Body!["id"];

        var opened = await TraceAsync(StaffHub.Watcher, id, Purpose);
        Assert.True((bool)opened.Body!["messages"]![0]!["isOpened"]!);
        // What is many people's stays closed, and so does what names no municipality.
        Assert.Equal((403, "VKP-820"), CodeOf(await staff.AskAsync(StaffHub.Watcher, HttpMethod.Get, $"admin/export/{TestHub.OrgNo}/MedicationDispense", purpose: Purpose)));
        Assert.Equal((403, "VKP-820"), CodeOf(await staff.AskAsync(StaffHub.Watcher, HttpMethod.Post, "admin/trace", $$"""{"id":"{{id}}"}""", Purpose)));
        Assert.Contains(access, await TroublesAsync());
        Assert.Equal("VKP-827", await CodeAsync(StaffHub.Actor, $"{GlassPath}/{access}/review", """{"reason":"Greit"}"""));
        Assert.Equal("VKP-828", await CodeAsync(StaffHub.Actor, $"{GlassPath}/{access}/close"));

        await ExecuteAsync($"update \"{staff.Hub.Database.Schema}\".break_glass set opened_at = opened_at - interval '2 hours', until = clock_timestamp() where id = '{access}'");

        Assert.Equal((403, "VKP-820"), CodeOf(await TraceAsync(StaffHub.Watcher, id, Purpose)));
        Assert.Equal("VKP-827", await CodeAsync(StaffHub.Watcher, $"{GlassPath}/{access}/close"));
        Assert.Equal("VKP-820", await CodeAsync(StaffHub.Watcher, $"{GlassPath}/{access}/review", """{"reason":"Greit"}"""));
        var waiting = (await staff.AskAsync(StaffHub.Actor, HttpMethod.Get, GlassPath)).Body!.AsArray().Single(one => (string?)one!["id"] == access)!;
        Assert.Equal(("over", StaffHub.Watcher, $"{id}"), ((string?)waiting["state"], (string?)waiting["subject"], (string?)waiting["opened"]![0]));

        Assert.Equal(200, (await staff.AskAsync(StaffHub.Actor, HttpMethod.Post, $"{GlassPath}/{access}/review", """{"reason":"Pasienten ble funnet i tide"}""")).Status);

        Assert.DoesNotContain(access, await TroublesAsync());
        Assert.Equal("VKP-827", await CodeAsync(StaffHub.Actor, $"{GlassPath}/{access}/review", """{"reason":"En gang til"}"""));
    }

    [Fact]
    public async Task Nobody_reviews_what_she_opened_herself_not_even_in_the_database()
    {
        var both = await GrantedAsync("bodil", "overvaking", "administrasjon");
        var access = (string?)(await staff.AskAsync(both, HttpMethod.Post, GlassPath, """{"reason":"Alarm uten navn"}""")).Body!["id"];
        Assert.Equal(200, (await staff.AskAsync(both, HttpMethod.Post, $"{GlassPath}/{access}/close")).Status);

        Assert.Equal("VKP-828", await CodeAsync(both, $"{GlassPath}/{access}/review", """{"reason":"Greit"}"""));
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync($"update \"{staff.Hub.Database.Schema}\".break_glass set reviewed_at = now(), reviewed_by = subject, review = 'x' where id = '{access}'"));
        Assert.Equal(404, (await staff.AskAsync(StaffHub.Actor, HttpMethod.Post, $"{GlassPath}/{Guid.NewGuid()}/review", """{"reason":"Greit"}""")).Status);
    }

    [Fact]
    public async Task Where_the_machines_token_is_switched_off_only_people_pass()
    {
        await using var node = await staff.Hub.StartNodeAsync(options => options with { AdminToken = null });
        async Task<int> StatusAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node.Address, "admin/status"));
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            using var answer = await staff.Hub.Http.SendAsync(request, Ct);
            return (int)answer.StatusCode;
        }

        Assert.Equal((401, 401, 200), (await StatusAsync(TestHub.AdminToken), await StatusAsync(""), await StatusAsync(staff.Token(StaffHub.Watcher))));
    }

    [Fact]
    public async Task A_sign_in_at_too_low_a_level_does_not_pass_where_a_level_is_asked_for()
    {
        await using var node = await staff.Hub.StartNodeAsync(options => options with { Staff = options.Staff! with { Levels = ["Level4"] } });
        async Task<int> StatusAsync(Action<JsonObject> change)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node.Address, "admin/status"));
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {staff.Token(StaffHub.Watcher, change)}");
            using var answer = await staff.Hub.Http.SendAsync(request, Ct);
            return (int)answer.StatusCode;
        }

        Assert.Equal((401, 401, 200), (await StatusAsync(_ => { }), await StatusAsync(c => c["acr"] = "Level3"), await StatusAsync(c => c["acr"] = "Level4")));
    }

    private Task<(int Status, JsonNode? Body)> TraceAsync(string subject, Guid id, string? purpose) =>
        staff.AskAsync(subject, HttpMethod.Post, "admin/trace", $$"""{"orgNo":"{{TestHub.OrgNo}}","id":"{{id}}"}""", purpose);

    private static (int Status, string? Code) CodeOf((int Status, JsonNode? Body) answer) => (answer.Status, (string?)answer.Body!["code"]);

    private async Task<string?> CodeAsync(string subject, string path, string? body = null) => CodeOf(await staff.AskAsync(subject, HttpMethod.Post, path, body)).Code;

    private async Task<Guid> MessageAsync(int person)
    {
        using var posted = await staff.Hub.PostAsync(TestHub.Event("dose.dispensed", person));
        await staff.Hub.RoutedAsync();
        return Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]);
    }

    private async Task<string> GrantedAsync(string subject, params string[] roles)
    {
        foreach (var role in roles) Assert.Equal(200, (await staff.AskAsync(StaffHub.Granter, HttpMethod.Post, $"{StaffPath}/grant", $$"""{"subject":"{{subject}}","role":"{{role}}"}""")).Status);
        return subject;
    }

    /// <summary>What the watch over escalations finds, every ten seconds.</summary>
    private async Task<IReadOnlyList<string?>> TroublesAsync()
    {
        await using var database = NpgsqlDataSource.Create(Database.AppConnectionString(staff.Hub.Database.ConnectionString, staff.Hub.Database.Schema));
        await using var store = new EventLog(database);
        var (troubles, _) = await new EscalationStore(database, store).LookAsync(int.Parse(TestHub.OrgNo), Ct);
        return [.. troubles.Where(trouble => trouble.Kind == EscalationKind.BreakGlass).Select(trouble => trouble.Subject)];
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var command = superuser.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
