using System.Net;
using System.Net.Sockets;
using System.Text;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>What is sent as bytes, past every library: requests that two readers could read differently, and protocols nobody speaks here.</summary>
public sealed class WireAttackTests(AttackHub attack) : IClassFixture<AttackHub>
{
    private const string Get = "GET /livez HTTP/1.1\r\nHost: x\r\n";

    /// <summary>GOAWAY with HTTP_1_1_REQUIRED (RFC 9113 sections 6.8 and 7), which the server says to HTTP/2 when its beginning comes in one piece; else 400.</summary>
    private const string NotHttp2 = "\0\0\b\a\0\0\0\0\0" + "\0\0\0\0\0\0\0\r";

    private const string Post = "POST /vendors/evondos-style/events HTTP/1.1\r\nHost: x\r\n";

    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["two lengths that differ"] = Post + "Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}",
        ["a negative length"] = Post + "Content-Length: -1\r\n\r\n{}",
        ["a length that is text"] = Post + "Content-Length: 2,2\r\n\r\n{}",
        ["a transfer coding nobody knows"] = Post + "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
        ["a chunk whose size is no number"] = Post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        ["a header that goes on in the next line"] = Get + "X-A: 1\r\n Authorization: Bearer x\r\n\r\n",
        ["a blank before the colon of a header"] = Get + "Authorization : Bearer x\r\n\r\n",
        ["a header without a name"] = Get + ": 1\r\n\r\n",
        ["a header with a null in it"] = Get + "X-A: 1\0\r\n\r\n",
        ["two hosts"] = Get + "Host: y\r\n\r\n",
        ["no host"] = "GET /livez HTTP/1.1\r\n\r\n",
        ["a method with a line break"] = "GET\r\n/livez HTTP/1.1\r\nHost: x\r\n\r\n",
        ["a method in a foreign alphabet"] = "G\u00cbT /livez HTTP/1.1\r\nHost: x\r\n\r\n",
        ["the beginning of HTTP/2"] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0",
        ["a greeting of TLS"] = "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
        ["HTTP of a version to come"] = "GET /livez HTTP/9.9\r\nHost: x\r\n\r\n",
        ["a request to connect elsewhere"] = "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254:80\r\n\r\n",
        ["a trace of itself"] = "TRACE /livez HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer hemmelig\r\n\r\n",
    };

    public static TheoryData<string> Names() => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_done_with(string what)
    {
        var answer = await SendAsync(Requests[what]);

        // Closed without a word, or refused; and in no case two answers, which is what smuggled requests live by.
        Assert.True(
            answer is "" or NotHttp2 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal),
            Convert.ToHexString(Encoding.Latin1.GetBytes(answer)));
        Assert.True(answer.Split("HTTP/1.1 ").Length <= 2, answer);
        Assert.DoesNotContain("hemmelig", answer, StringComparison.Ordinal);
    }

    /// <summary>Both said, the chunks count (RFC 9112 section 6.3): what is behind them is another request, and a proxy that counts the length would see one.</summary>
    [Fact]
    public async Task After_a_request_with_length_and_chunks_the_connection_is_of_no_more_use()
    {
        var answer = await SendAsync(Post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Get + "X-Smuggled: 1\r\n\r\n");

        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vendors/evondos-style/messages/x%0d%0aSet-Cookie:%20a=b/$status")]
    [InlineData("livez?%0d%0aSet-Cookie:%20a=b")]
    [InlineData("nowhere%0aSet-Cookie:%20a=b")]
    public async Task A_line_break_in_an_address_is_in_no_header_of_the_answer(string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{attack.Hub.Address}{path}"));

        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, attack.Hub.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        client.Client.Shutdown(SocketShutdown.Send);
        using var patience = new CancellationTokenSource(Asking.Patience);
        var told = new MemoryStream();
        try
        {
            await stream.CopyToAsync(told, patience.Token);
        }
        catch (IOException)
        {
            // Reset is an answer too.
        }

        return Encoding.Latin1.GetString(told.ToArray());
    }
}
