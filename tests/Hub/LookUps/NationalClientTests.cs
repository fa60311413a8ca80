using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Attacks;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.LookUps;

/// <summary>
/// A client as the national samples write theirs: its token request, its paths, its forms and headers, its way of reading answers. Only addresses and keys are its own
/// here. Nothing of the hub's or the sandbox's client code is used.
/// </summary>
public class NationalClientTests
{
    [Fact]
    public async Task A_client_written_for_the_national_hub_journals_and_makes_all_seven_searches()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, morePatients: "- { identifiers: [ { value: \"13717404089\" } ], services: [ RT, TA, GPS, DHO ] }")
            .Replace("vkpId: Respons_Test_Eksempel", "vkpId: Respons_Test_Eksempel, serviceCodes: [ RT, TA, GPS, DHO ]", StringComparison.Ordinal));
        using var client = new NationalClient(hub.Address, hub.Issuer.Issuer);
        hub.Issuer.Register(new RegisteredClient("responses", client.PublicJwk, "Respons_Test_Eksempel", TestHub.OrgNo, [.. VkpFace.Scopes, .. LookUpFace.Scopes]));
        const string Ssn = "13717404089";

        await client.JournalAsync(await File.ReadAllTextAsync(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json")));
        var found = new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["Patient"] = await client.SearchAsync("patient", "rt", new() { ["identifier"] = Ssn }),
            ["EpisodeOfCare"] = await client.SearchAsync("episodeofcare", "rt", new() { ["patient.identifier"] = Ssn }),
            ["CarePlan"] = await client.SearchAsync("careplan", "ta,gps", new() { ["patient.identifier"] = Ssn }, "ge2026-05-01", "le2026-05-31"),
            ["Composition"] = await client.SearchAsync("composition", "dho", new() { ["patient.identifier"] = Ssn }, "ge2026-05-01", "le2026-05-31"),
            ["Condition"] = await client.SearchAsync("condition", "ta", new() { ["patient.identifier"] = Ssn }),
            ["AllergyIntolerance"] = await client.SearchAsync("allergyintolerance", "ta", new() { ["identifier"] = Ssn }),
            ["MedicationStatement"] = await client.SearchAsync("medicationstatement", "ta", new() { ["patient.identifier"] = Ssn }),
        };

        Assert.All(found, search => Assert.Contains(search.Value["entry"]!.AsArray(), e => (string?)e!["resource"]!["resourceType"] == search.Key));
        await hub.UntilAsync(s => s is { Accepted: 1, Journaled: 1 });
        Assert.Equal("2.1", await client.ErrorOfAsync("condition", "ta", new() { ["patient.identifier"] = "12345" }));
        Assert.Empty((await client.SearchAsync("patient", "rt", []))["entry"]?.AsArray().Where(e => (string?)e!["resource"]!["resourceType"] != "Patient") ?? []);
    }

    private sealed class NationalClient : IDisposable
    {
        private static readonly string[] Scopes = [.. VkpFace.Scopes, .. LookUpFace.Scopes];

        private readonly RSA key = RSA.Create(2048);
        private readonly HttpClient http = new();
        private readonly Uri hub;
        private readonly string authority;

        public NationalClient(Uri hub, string authority) => (this.hub, this.authority) = (new Uri(hub, $"epj/r4/{TestHub.OrgNo}/"), authority);

        public string PublicJwk
        {
            get
            {
                var jwk = Jws.PublicJwk(key);
                jwk["alg"] = "RS256";
                return jwk.ToJsonString();
            }
        }

        public async Task JournalAsync(string bundle)
        {
            // As the sample does: no content type is set, so that it is text/plain.
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub, "bundle")) { Content = new StringContent(bundle) };
            using var answer = await SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        public async Task<JsonNode> SearchAsync(string resource, string serviceCodes, Dictionary<string, string> form, params string[] dates)
        {
            using var answer = await PostFormAsync(resource, serviceCodes, form, dates);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonNode.Parse(text)!;
        }

        public async Task<string?> ErrorOfAsync(string resource, string serviceCodes, Dictionary<string, string> form)
        {
            using var answer = await PostFormAsync(resource, serviceCodes, form);
            var issue = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["issue"]![0]!;
            Assert.NotNull((string?)issue["diagnostics"]);
            return issue["details"]!["coding"]!.AsArray().Where(c => ((string?)c!["system"])!.EndsWith("vkp-operation-outcome-v090", StringComparison.Ordinal)).Select(c => (string?)c!["code"]).Single();
        }

        public void Dispose()
        {
            key.Dispose();
            http.Dispose();
        }

        private async Task<HttpResponseMessage> PostFormAsync(string resource, string serviceCodes, Dictionary<string, string> form, params string[] dates)
        {
            using var content = new FormUrlEncodedContent([.. form, .. dates.Select(date => KeyValuePair.Create("date", date))]);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub, $"{resource}/_search")) { Content = content };
            request.Headers.Add("ServiceCodes", serviceCodes);
            return await SendAsync(request);
        }

        private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
            return await http.SendAsync(request);
        }

        private async Task<string> TokenAsync()
        {
            var discovery = await http.GetFromJsonAsync<JsonElement>($"{authority}/.well-known/openid-configuration");
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["client_assertion"] = Assertion(),
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_id"] = "responses",
                ["grant_type"] = "client_credentials",
                ["scope"] = string.Join(' ', Scopes),
            });
            using var answer = await http.PostAsync(discovery.GetProperty("token_endpoint").GetString(), form);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        }

        /// <summary>Half a minute, its own id, the authority as audience.</summary>
        private string Assertion()
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                TokenType = "client-authentication+jwt",
                Issuer = "responses",
                Audience = authority,
                Subject = new ClaimsIdentity([new Claim("sub", "responses"), new Claim("jti", $"{Guid.NewGuid():N}")]),
                IssuedAt = now,
                NotBefore = now,
                Expires = now.AddSeconds(30),
                SigningCredentials = new SigningCredentials(new RsaSecurityKey(key), SecurityAlgorithms.RsaSha256),
            });
        }
    }
}
