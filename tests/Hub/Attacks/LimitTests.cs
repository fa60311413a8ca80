using System.Net;
using System.Net.Sockets;
using System.Text;
using Vkp.Adapters;
using Vkp.Hub.Faces;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>What one caller can do to the others: nothing.</summary>
public sealed class LimitTests(AttackHub attack) : IClassFixture<AttackHub>
{
    private static readonly Operation Target = Operation.OfFaces.Single(o => o.ToString() == "GET /vendors/{vendor}/messages/{id}/$status");

    [Fact]
    public async Task A_client_that_asks_too_often_is_told_when_to_come_back_and_no_other_notices()
    {
        await using var node = await attack.Hub.StartNodeAsync(o => o with { RequestsPerClientAndSecond = 2 });
        var token = attack.Token(Target);
        var other = Operation.OfFaces.Single(o => o.ToString() == "GET /epj/r4/{orgnr}/bundle/{id}/$status");

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < (2 * Limits.ClientBurstSeconds) + 20; i++) answers.Add(await attack.SendAsync(Target, $"Bearer {token}", [], node.Address));
        using var another = await attack.SendAsync(other, $"Bearer {attack.Token(other)}", [], node.Address);

        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.Equal(HttpStatusCode.NotFound, answers[0].StatusCode);
        Assert.Equal("VKP-814", await AttackHub.CodeAsync(refused[0]));
        Assert.True(refused[0].Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
    }

    [Fact]
    public void A_clients_own_rate_goes_before_the_operators_and_a_changed_one_works_at_once()
    {
        using var rates = new ClientRates(requestsPerSecond: 1);

        Assert.Null(rates.Take(1, "patient", own: null));
        // A bucket fills while a busy machine counts: some more may pass, and never the next rate's number.
        Assert.InRange(Passed(() => rates.Take(1, "hasty", own: null)), Limits.ClientBurstSeconds, Limits.ClientBurstSeconds * 2);
        Assert.InRange(Passed(() => rates.Take(1, "hasty", own: 3)), 3 * Limits.ClientBurstSeconds, 4 * Limits.ClientBurstSeconds);
        Assert.Null(rates.Take(2, "hasty", own: null));
        Assert.Null(rates.Take(1, "patient", own: null));
    }

    [Fact]
    public void A_rate_of_nothing_is_no_limit()
    {
        using var rates = new ClientRates(requestsPerSecond: 0);

        Assert.Equal(10_000, Passed(() => rates.Take(1, "bench", own: null), of: 10_000));
    }

    private static int Passed(Func<VkpError?> take, int of = 100) => Enumerable.Range(0, of).Count(_ => take() is null);

    [Fact]
    public async Task A_refused_request_uses_no_proof_up()
    {
        var bound = Operation.OfFaces.Single(o => o.ToString() == "GET /v1/Composition/{id}/$status");
        await using var node = await attack.Hub.StartNodeAsync(o => o with { RequestsPerClientAndSecond = 1, PublicAddresses = [attack.Hub.Address] });
        var token = attack.Token(bound);
        var proof = "";
        HttpResponseMessage answer;
        do
        {
            proof = attack.Proof(bound, token);
            answer = await attack.SendAsync(bound, $"DPoP {token}", [proof], node.Address);
        }
        while (answer.StatusCode != HttpStatusCode.TooManyRequests);

        using var again = await attack.SendAsync(bound, $"DPoP {token}", [proof]);

        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("livez")]
    [InlineData("admin/status")]
    [InlineData("v1/Composition")]
    [InlineData("nowhere")]
    public async Task Every_answer_forbids_a_browser_to_make_anything_of_it(string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(attack.Hub.Address, path));

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("a header of 40 000 characters", HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData("a hundred headers", HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData("an address of 20 000 characters", HttpStatusCode.RequestUriTooLong)]
    public async Task Is_refused_before_anything_is_read(string what, HttpStatusCode expected)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(attack.Hub.Address, what.StartsWith("an address", StringComparison.Ordinal) ? new string('a', 20_000) : "livez"));
        if (what.StartsWith("a header", StringComparison.Ordinal)) request.Headers.Add("X-Long", new string('a', 40_000));
        if (what.StartsWith("a hundred", StringComparison.Ordinal))
        {
            for (var i = 0; i < 100; i++) request.Headers.Add($"X-{i}", "1");
        }

        using var answer = await http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    /// <summary>Both at once: each waits for the hub's patience to end.</summary>
    [Fact]
    public async Task A_sender_that_trickles_its_headers_or_its_body_is_cut_off()
    {
        var token = await attack.Hub.TokenAsync("dispensers");
        const string Beginning = "POST /vendors/evondos-style/events HTTP/1.1\r\nHost: x\r\n";

        var told = await Task.WhenAll(
            UntilCutOffAsync(Beginning + "X-Slow: "),
            UntilCutOffAsync($"{Beginning}Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));

        Assert.All(told, answer => Assert.DoesNotContain("202", answer.Split('\r')[0], StringComparison.Ordinal));
    }

    /// <summary>The rest never comes. Whatever is answered, the connection ends.</summary>
    private async Task<string> UntilCutOffAsync(string beginning)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, attack.Hub.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning));
        using var patience = new CancellationTokenSource(Asking.Patience);
        var told = new MemoryStream();
        await stream.CopyToAsync(told, patience.Token);
        return Encoding.ASCII.GetString(told.ToArray());
    }
}
